// The process that executes candidate code. Started by a WorkerPool inside its sandbox; speaks WorkerRequest and
// WorkerResponse frames on the pipes that were its stdin and stdout.
using NnGpt.Worker;

return WorkerArguments.Parse(args) is { } arguments
    ? WorkerLoop.Run(arguments, ProtocolStreams.Take())
    : WorkerArguments.Usage();
