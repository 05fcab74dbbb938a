using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.MetadataSync.Checking;

namespace Tracebloc.MetadataSync.Verbs;

/// <summary><c>metadata-sync status</c>.</summary>
internal sealed class StatusVerb : Verb<StatusOptions>
{
    private readonly CheckArguments _check = new();
    private readonly Option<OutputFormat?> _output = CommonOptions.Output();
    private readonly Func<LogLevel, ProgramContext> _context;
    private readonly TextWriter? _terminal;

    /// <param name="context">The process.</param>
    /// <param name="terminal">The terminal for progress; null where there is none.</param>
    public StatusVerb(Func<LogLevel, ProgramContext> context, TextWriter? terminal)
        : base("status", "Counts objects and rows of each kind, and compares their versions; writes nothing.")
    {
        (_context, _terminal) = (context, terminal);
        Add(_output);
        _check.AddTo(this);
    }

    public override string Examples =>
        """
          metadata-sync status
          metadata-sync status --output json --config config.yaml --context edge-7

        The exit code is 1 when an object has no live row, a live row has no object, or the two have different versions,
        and a second look two seconds later finds the same. Kinds that are not installed do not differ. The oldest
        unsynced change is known by creationTimestamp (object without row), by managedFields (last change of an object
        whose row is older), or by sync_errors (first failure of an object that cannot be stored).
        """;

    protected override StatusOptions Parse(ParseResult result) =>
        new(_check.Of(result), result.GetValue(_output) ?? default);

    public override async Task<int> ExecuteAsync(StatusOptions options, CancellationToken token)
    {
        var program = _context(options.Target.LogLevel);
        await using var session = await CheckSession.OpenAsync(options.Target, program, _terminal, token);
        if (session is null) return MetadataSyncExit.Done;
        var kinds = await new StatusCheck(session.Setup, session.Kinds).RunAsync(token);
        session.Setup.Progress.Clear();
        program.Out.Write(options.Output == OutputFormat.Json
            ? JsonText.Write(StatusJson.Of(kinds), CheckingJson.Default.StatusJson) : StatusText.Of(kinds));
        return kinds.Any(kind => kind.Differs) ? MetadataSyncExit.Failed : MetadataSyncExit.Done;
    }
}

/// <summary>The options of <c>metadata-sync status</c>.</summary>
internal sealed record StatusOptions(CheckTarget Target, OutputFormat Output);
