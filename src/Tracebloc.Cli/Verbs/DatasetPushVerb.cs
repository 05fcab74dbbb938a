using System.CommandLine;
using Tracebloc.Cli.Describing;
using Tracebloc.Cli.Finding;
using Tracebloc.Cli.Pushing;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;
using Tracebloc.Configuration;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Ingestion.Submitting;

namespace Tracebloc.Cli.Verbs;

/// <summary><c>tracebloc dataset push</c>: brings a local data set into the cluster.</summary>
internal sealed class DatasetPushVerb : Verb<PushOptions>
{
    /// <summary>The short way to write <c>dataset push</c>.</summary>
    public const string Short = "ingest";

    private static readonly string[] VerbsBelow = ["init", "validate"];

    private readonly Argument<string> _path;
    private readonly DescriptionArguments _description = new();
    private readonly Option<bool> _dryRun = CommonOptions.DryRun();

    private readonly Option<bool> _detach = new("--detach")
    {
        Description = "End once the run is accepted, without waiting for its end. Default: off. Example: --detach",
    };

    private readonly Option<bool> _overwrite = new("--overwrite")
    {
        Description = "Replace the data set of the table, once the new one is loaded. Default: off. "
            + "Example: --overwrite",
    };

    private readonly Option<CompressionChoice?> _compress = new("--compress")
    {
        HelpName = "auto|always|never",
        Description = "Compress what is sent: while the connection is slower than this machine, always or never. "
            + "Default: auto. Example: --compress never",
        CustomParser = result => Parsing.Value(result) switch
        {
            "auto" => CompressionChoice.Auto,
            "always" => CompressionChoice.Always,
            "never" => CompressionChoice.Never,
            var text => Parsing.Reject<CompressionChoice?>(
                result, $"--compress \"{text}\" is no choice; use auto, always or never."),
        },
    };

    private readonly Option<string?> _key = Parsing.Checked(
        "--idempotency-key", "KEY",
        "The key of the run: with the same one the same data is the same run. Default: a new one for each push. "
            + "Example: --idempotency-key cats-2026",
        SubmissionRules.IsKey, "has other letters than A-Z a-z 0-9 . _ - or is longer than 64; choose another");

    private readonly Option<string?> _image = Parsing.Checked(
        "--image-digest", "DIGEST",
        "The digest of the ingestor's image for the run. Default: that of the release. "
            + "Example: --image-digest sha256:4f53…",
        SubmissionRules.IsImageDigest, "is no digest; write sha256: and 64 digits of 0-9 a-f");

    private readonly ReleaseArguments _release = new();
    private readonly ScreenArguments _screen = new();
    private readonly Func<ScreenOptions, Screen> _open;
    private readonly string _command;

    /// <param name="name">The word: <c>push</c> below <c>dataset</c>, or <c>ingest</c>.</param>
    /// <param name="open">Opens the terminal.</param>
    public DatasetPushVerb(string name, Func<ScreenOptions, Screen> open)
        : base(name, "Validates a local data set, brings it onto the cluster's volume, loads it and shows the summary.")
    {
        (_open, _command) = (open, name == "push" ? "dataset push" : name);
        // After a word that has others below it, a shell completes those and no files.
        _path = new(name == "push" ? "PATH" : "FOLDER")
        {
            Description = "The folder of the data set, or its CSV. On a terminal it is asked for.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Parsing.RejectOptions(_path);
        Add(_path);
        _description.AddTo(this, hasConfig: true);
        Add(_dryRun, _detach, _overwrite, _compress, _key, _image);
        _release.AddTo(this);
        _screen.AddTo(this, asks: true);
        Require(given =>
        {
            if (given.GetResult(_overwrite) is not null && given.GetResult(_key) is not null)
                given.AddError("--overwrite and --idempotency-key exclude each other: a known key loads nothing anew.");
        });
    }

    public override string Examples =>
        $"""
          tracebloc {_command} ./cats-dogs --table cats_dogs_train --category image_classification --label-column label
          tracebloc {_command} ./houses.csv --table houses_train --category tabular_regression --label-column price
          tracebloc {_command} ./cats-dogs --config ingest.yaml --dry-run
          tracebloc {_command}

        Interrupted and started again it sends what is missing. The same data again is no new run.

        {CategoryText.All}
        """;

    protected override PushOptions Parse(ParseResult result) =>
        new(_description.Of(result), _release.Of(result), _screen.Of(result))
        {
            Path = result.GetValue(_path),
            DryRun = result.GetValue(_dryRun),
            Detach = result.GetValue(_detach),
            Overwrite = result.GetValue(_overwrite),
            Compress = result.GetValue(_compress) ?? CompressionChoice.Auto,
            Key = result.GetValue(_key),
            ImageDigest = result.GetValue(_image),
        };

    public override async Task<int> ExecuteAsync(PushOptions options, CancellationToken token)
    {
        RequireNoVerb(options.Path);
        var screen = _open(options.Screen);
        var push = new Push(options, screen);
        var (ending, fault) = await EndAsync(push, screen, token);
        if (fault is not null)
            foreach (var line in fault.Split('\n')) screen.Complain(line);
        screen.Result(push.Result.With(ending, fault), PushJsonContext.Readable.PushJson);
        return ending.ExitCode;
    }

    // "ingest valdate" reads like the push of a folder.
    private void RequireNoVerb(string? path)
    {
        if (path is null || _command != Short || Path.Exists(path)) return;
        if (Suggestion.For(path, VerbsBelow) is not { } meant) return;
        throw new CliException(
            CliExit.Usage, $"\"{path}\" is neither a verb nor a folder; did you mean tracebloc {_command} {meant}?");
    }

    private static async Task<(Ending Ending, string? Fault)> EndAsync(
        Push push, Screen screen, CancellationToken token)
    {
        try
        {
            return await push.RunAsync(token);
        }
        catch (Interruption signal)
        {
            screen.Note(signal.Message);
            signal.ToJson = code => JsonText.Write(
                push.Result.With(Ending.OfFault(code), signal.Message), PushJsonContext.Readable.PushJson);
            throw;
        }
        catch (Exception fault) when (
            fault is not OperationCanceledException && Fault.ExitCodeOf(fault) is not CliExit.Unexpected)
        {
            return (Ending.OfFault(Fault.ExitCodeOf(fault)), fault.Message);
        }
    }
}
