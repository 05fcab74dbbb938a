using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.MetadataSync.Checking;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Verbs;

/// <summary><c>metadata-sync verify</c>.</summary>
internal sealed class VerifyVerb : Verb<VerifyOptions>
{
    private readonly CheckArguments _check = new();

    private readonly Option<string[]> _kinds = new("--kind")
    {
        HelpName = "KIND",
        Description = "A kind to compare, as manifests name it; may be repeated. Default: all. Example: --kind Model",
    };

    private readonly Func<LogLevel, ProgramContext> _context;
    private readonly TextWriter? _terminal;

    /// <param name="context">The process.</param>
    /// <param name="terminal">The terminal for progress; null where there is none.</param>
    public VerifyVerb(Func<LogLevel, ProgramContext> context, TextWriter? terminal)
        : base("verify", "Compares every object with its row: version, JSON, labels, annotations and columns.")
    {
        (_context, _terminal) = (context, terminal);
        Add(_kinds);
        _check.AddTo(this);
    }

    public override string Examples =>
        """
          metadata-sync verify
          metadata-sync verify --kind Model --kind PipelineRun --config config.yaml

        Prints a line for each object that differs, with the places that differ and never with a value, then a line for
        each kind. The exit code is 1 when an object differs and a second look two seconds later finds the same.
        """;

    protected override VerifyOptions Parse(ParseResult result) =>
        new(_check.Of(result), result.GetValue(_kinds) ?? []);

    public override async Task<int> ExecuteAsync(VerifyOptions options, CancellationToken token)
    {
        var program = _context(options.Target.LogLevel);
        await using var session = await CheckSession.OpenAsync(options.Target, program, _terminal, token);
        if (session is null) return MetadataSyncExit.Done;
        var results = await new Verification(session.Setup, Chosen(session.Kinds, options.Kinds)).RunAsync(
            line =>
            {
                session.Setup.Progress.Clear();
                program.Out.Write($"{line}\n");
            },
            token);
        session.Setup.Progress.Clear();
        program.Out.Write(string.Concat(results.Select(result => $"{result.Text}\n")));
        return results.Any(result => result.Differs) ? MetadataSyncExit.Failed : MetadataSyncExit.Done;
    }

    private static KindSet Chosen(KindSet all, IReadOnlyList<string> names)
    {
        if (names.Count == 0) return all;
        if (names.FirstOrDefault(name => !all.TryFind(name, out _)) is { } unknown)
            throw new MetadataSyncException(
                MetadataSyncExit.Usage,
                $"Kind {unknown} is not mirrored; use one of {string.Join(", ", all.All.Select(kind => kind.Name))}");
        return KindSet.Of([.. all.All.Where(kind => names.Contains(kind.Name))]);
    }
}

/// <summary>The options of <c>metadata-sync verify</c>.</summary>
internal sealed record VerifyOptions(CheckTarget Target, IReadOnlyList<string> Kinds);
