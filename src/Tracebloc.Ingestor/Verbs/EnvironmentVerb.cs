using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.Ingestor.Running;
using Tracebloc.Ingestor.Settings;

namespace Tracebloc.Ingestor.Verbs;

/// <summary>A verb on the run that the environment of its Job describes.</summary>
internal abstract class EnvironmentVerb(
    string name, string description, Func<LogLevel, ProgramContext> context, Func<string, string?> variable)
    : Verb<RunOptions>(name, description)
{
    protected sealed override RunOptions Parse(ParseResult result) => new();

    public sealed override async Task<int> ExecuteAsync(RunOptions options, CancellationToken token)
    {
        var settings = EnvironmentSettings.Read(variable);
        var program = context(settings.LogLevel);
        return await Ending.OfAsync(
            program.Logger, stop => WorkAsync(RunSetups.Of(settings, program), program.Out, stop), token);
    }

    protected abstract Task WorkAsync(RunSetup setup, ResultWriter output, CancellationToken token);
}

/// <summary>No options: all comes from the environment.</summary>
internal sealed record RunOptions;
