using Tracebloc.ModelUpload.Credentials;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Options;

/// <summary>Reads a run's request from arguments, variables and mounted files, and checks all of it at once.</summary>
internal static class RequestReader
{
    /// <param name="args">The options of the command line.</param>
    /// <param name="environment">All variables of the process.</param>
    /// <param name="files">Reads credentials, metadata, tokens and authorities.</param>
    public static ReadResult Read(
        RawOptions args, IReadOnlyDictionary<string, string> environment, IInputFiles files)
    {
        var findings = new Findings();
        var request = Read(new OptionReader(args, environment, files, findings));
        return new ReadResult
        {
            Request = findings.Errors.Count == 0 ? request : null,
            Errors = [.. findings.Errors.Select(Escaped.Text)],
            Warnings = [.. findings.Warnings.Select(Escaped.Text)],
            Secrets = findings.Secrets,
        };
    }

    private static UploadRequest? Read(OptionReader options)
    {
        var source = SourceReader.Read(options);
        var destination = DestinationReader.Read(options);
        var intent = IntentReader.Read(options, out var metadata);
        var registry = RegistryReader.Read(options);
        var signing = SigningReader.Read(options);
        var moving = MovingReader.Read(options);
        CheckLevel(options);
        if (source is not null && destination is not null) MatrixRules.Check(source, destination, options.Findings);
        return source is null || destination is null || registry is null ? null : new UploadRequest
        {
            Source = source,
            Destination = destination,
            Intent = intent,
            Metadata = metadata,
            Registry = registry,
            Signing = signing,
            Moving = moving,
        };
    }

    private static void CheckLevel(OptionReader options)
    {
        if (options.Variable(LogLevels.Variable) is { } text && !LogLevels.TryParse(text, out _))
            options.Findings.Error($"{LogLevels.Variable} is \"{text}\"; {LogLevels.Remedy}");
    }
}
