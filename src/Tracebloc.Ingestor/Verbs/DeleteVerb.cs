using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestor.Running;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Verbs;

/// <summary><c>ingestor delete</c>: for jobs-manager's Job, whose termination message is the end.</summary>
internal sealed class DeleteVerb : Verb<DeleteOptions>
{
    private readonly Argument<string> _table = new("TABLE")
    {
        Description = "The table of the data set.",
        CustomParser = result => TableName.Fault(Parsing.Value(result)) is { } fault
            ? Parsing.Reject<string>(result, $"TABLE \"{Parsing.Value(result)}\" {fault}.")
            : Parsing.Value(result),
    };

    private readonly Func<LogLevel, ProgramContext> _context;
    private readonly Func<string, string?> _variable;

    public DeleteVerb(Func<LogLevel, ProgramContext> context, Func<string, string?> variable)
        : base("delete", "Removes a data set: table, files and journal. Database and volume are those of run.")
    {
        (_context, _variable) = (context, variable);
        Parsing.RejectOptions(_table);
        Add(_table);
    }

    public override string Examples =>
        """
          MYSQL_HOST=127.0.0.1 DB_USER=root DB_PASSWORD=secret ingestor delete houses_train
        """;

    protected override DeleteOptions Parse(ParseResult result) => new(result.GetRequiredValue(_table));

    public override async Task<int> ExecuteAsync(DeleteOptions options, CancellationToken token)
    {
        var message = new TerminationMessage(EnvironmentSettings.TerminationLog(_variable));
        ProgramContext? program = null;
        try
        {
            var settings = DeleteSettings.Read(_variable);
            program = _context(settings.LogLevel);
            await new DatasetRemoval(new DeleteSetup
            {
                Database = settings.Database,
                Layout = VolumeLayout.Of(settings.Storage, options.Table, runKey: ""),
                Logger = program.Logger,
                Time = program.Time,
            }).RunAsync(token);
            message.Write(new RunEnd { IsUndone = true }.Json(), program.Logger);
            return IngestorExit.Done;
        }
        catch (Exception fault)
        {
            message.Write(Ending.Of(fault, isUndone: false).Json(), program?.Logger);
            if (program is null || !Ending.IsForeseen(fault)) throw;
            return Ending.Report(program.Logger, fault);
        }
    }
}

/// <summary>The data set that is removed.</summary>
internal sealed record DeleteOptions(string Table);
