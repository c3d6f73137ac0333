using NnGpt.AppHost;

var builder = DistributedApplication.CreateBuilder(args);
var place = Place.Find(builder);

// The two brokers: work goes round on RabbitMQ's queues, the novelty index is in Redis.
var redis = builder.AddRedis("redis").WithDataBindMount(place.Data("redis"));
var rabbitmq = builder.AddRabbitMQ("rabbitmq").WithDataBindMount(place.Data("rabbitmq"));

// The Coordinator owns the experiments, their record and the artifacts; everybody else is a worker of its queue.
var coordinator = builder.AddProject<Projects.NnGpt_Coordinator>("coordinator")
    .ListensOnHttpAndGrpc()
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithEnvironment("Coordinator__DataDirectory", place.Data("coordinator"));

builder.AddProject<Projects.NnGpt_Generator>("generator").WorksFor(coordinator, rabbitmq)
    .WithEnvironment("Generator__CacheDirectory", place.Cache("generator"))
    .WithEnvironment("Generator__ModelDirectory", place.Model);

builder.AddProject<Projects.NnGpt_Validator>("validator").WorksFor(coordinator, rabbitmq)
    .WithEnvironment("Validator__DataDirectory", place.Datasets);

builder.AddProject<Projects.NnGpt_Trainer>("trainer").WorksFor(coordinator, rabbitmq)
    .WithReplicas(place.Trainers)
    .WithEnvironment("Trainer__DataDirectory", place.Datasets)
    .WithEnvironment("OMP_NUM_THREADS", "1");

builder.AddProject<Projects.NnGpt_NoveltyIndex>("novelty").WorksFor(coordinator, rabbitmq)
    .WithReference(redis).WaitFor(redis);

builder.AddProject<Projects.NnGpt_FineTuner>("finetuner").WorksFor(coordinator, rabbitmq)
    .WithEnvironment("FineTuner__CacheDirectory", place.Cache("finetuner"))
    .WithEnvironment("FineTuner__ModelDirectory", place.Model);

builder.Build().Run();
