using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Ingestor.Running;
using Tracebloc.Ingestor.Settings;

namespace Tracebloc.Ingestor.Verbs;

/// <summary>
/// A verb on the run that the environment of its Job describes. Its end is the container's termination message.
/// </summary>
internal abstract class EnvironmentVerb(
    string name, string description, Func<LogLevel, ProgramContext> context, Func<string, string?> variable)
    : Verb<RunOptions>(name, description)
{
    protected sealed override RunOptions Parse(ParseResult result) => new();

    public sealed override async Task<int> ExecuteAsync(RunOptions options, CancellationToken token)
    {
        var message = new TerminationMessage(EnvironmentSettings.TerminationLog(variable));
        // An environment or a specification that is wrong is so in every attempt: none has begun anything.
        var state = new RunState { IsUndone = true };
        ProgramContext? program = null;
        try
        {
            var settings = EnvironmentSettings.Read(variable);
            program = context(settings.LogLevel);
            state.IsUndone = false; // From here on an earlier attempt may have left rows.
            var setup = RunSetups.Of(settings, program);
            await WorkAsync(setup, state, program.Out, token);
            var end = new RunEnd { Summary = state.Summary, IsUndone = state.IsUndone };
            message.Write(end.Json(), program.Logger);
            return IngestorExit.Done;
        }
        catch (Exception fault)
        {
            message.Write(Ending.Of(fault, state.IsUndone || fault is ConfigurationException).Json(), program?.Logger);
            if (program is null || !Ending.IsForeseen(fault)) throw;
            return Ending.Report(program.Logger, fault);
        }
    }

    protected abstract Task WorkAsync(
        RunSetup setup, RunState state, ResultWriter output, CancellationToken token);
}

/// <summary>No options: all comes from the environment.</summary>
internal sealed record RunOptions;
