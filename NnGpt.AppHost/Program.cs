using NnGpt.AppHost;

var builder = DistributedApplication.CreateBuilder(args);
var place = Place.Find(builder);

// The queues that the work goes round on, and the index of every architecture seen.
var rabbitmq = builder.AddRabbitMQ("rabbitmq").WithDataBindMount(place.Data("rabbitmq"));
var redis = builder.AddRedis("redis").WithDataBindMount(place.Data("redis"));

// The web page: experiments, candidates and the system under them. Everyone sends it telemetry; nobody needs it.
var dashboard = builder.AddDashboard(place).WithReference(rabbitmq);

// Owns the experiments, their record and the artifacts. Sends generate and finetune, hears of everything.
var coordinator = builder.AddProject<Projects.NnGpt_Coordinator>("coordinator")
    .AsService(rabbitmq, dashboard)
    .WithEnvironment("Coordinator__DataDirectory", place.Data("coordinator"));

// generate -> candidate.generated: the language model writes networks, the embedded one or that of Generator:OpenAI:BaseUrl.
builder.AddProject<Projects.NnGpt_Generator>("generator")
    .AsService(rabbitmq, dashboard)
    .WithReference(coordinator).WaitFor(coordinator)
    .WithSettings(builder.Configuration, "Generator")
    .WithEnvironment("Generator__ModelDirectory", place.Model)
    .WithEnvironment("Generator__CacheDirectory", place.Cache("generator"));

// candidate.generated -> candidate.validated or .rejected, in sandboxed workers.
var validator = builder.AddProject<Projects.NnGpt_Validator>("validator")
    .AsService(rabbitmq, dashboard)
    .WithEnvironment("Validator__DataDirectory", place.Datasets);

// candidate.validated -> candidate.trained or .untrained, in sandboxed workers of one thread each.
var trainer = builder.AddProject<Projects.NnGpt_Trainer>("trainer")
    .AsService(rabbitmq, dashboard)
    .WithReplicas(place.Trainers)
    .WithEnvironment("Trainer__DataDirectory", place.Datasets)
    .WithEnvironment("OMP_NUM_THREADS", "1");

// candidate.trained -> candidate.judged: is it a new one? The Coordinator hands it the corpus before the first cycle.
var novelty = builder.AddProject<Projects.NnGpt_NoveltyIndex>("novelty")
    .AsService(rabbitmq, dashboard)
    .WithReference(redis).WaitFor(redis)
    .WithReference(coordinator);
coordinator.WithReference(novelty).WithReference(validator);

// finetune -> adapter.ready: the admitted networks teach the language model.
builder.AddProject<Projects.NnGpt_FineTuner>("finetuner")
    .AsService(rabbitmq, dashboard)
    .WithReference(coordinator).WaitFor(coordinator)
    .WithEnvironment("FineTuner__ModelDirectory", place.Model)
    .WithEnvironment("FineTuner__CacheDirectory", place.Cache("finetuner"));

dashboard.WithReference(coordinator).WithReference(validator).WithReference(trainer);

builder.Build().Run();
