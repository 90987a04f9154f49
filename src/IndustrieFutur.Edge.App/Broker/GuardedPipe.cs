using System.IO.Pipelines;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>A client's connection, of which what comes in is looked at first.</summary>
internal sealed record GuardedPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
