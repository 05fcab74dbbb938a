using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;

namespace Tracebloc.MetadataSync.Verbs;

/// <summary>The options that choose the configuration and the cluster that is compared with the database.</summary>
internal sealed class CheckArguments
{
    private readonly ConfigArgument _config = new();
    private readonly ClusterArguments _cluster = new();

    public void AddTo(Verb verb)
    {
        _cluster.AddTo(verb);
        _config.AddTo(verb);
    }

    public CheckTarget Of(ParseResult result) =>
        new(_config.PathOf(result), _cluster.Of(result), _config.LevelOf(result));
}

/// <summary>The configuration, which names the database, and the cluster.</summary>
internal sealed record CheckTarget(string Config, ClusterOptions Cluster, LogLevel LogLevel);
