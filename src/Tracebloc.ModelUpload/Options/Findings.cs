using Tracebloc.Configuration;

namespace Tracebloc.ModelUpload.Options;

/// <summary>All errors and warnings of a request, and the secrets that were met on the way.</summary>
internal sealed class Findings
{
    private readonly List<string> _errors = [];
    private readonly List<string> _warnings = [];
    private readonly Dictionary<string, Secret> _secrets = [];

    public IReadOnlyList<string> Errors => _errors;

    public IReadOnlyList<string> Warnings => _warnings;

    public IReadOnlyList<Secret> Secrets => [.. _secrets.Values];

    /// <summary>Adds a whole sentence: place, fault, remedy. The same error is added once.</summary>
    public void Error(string message)
    {
        if (!_errors.Contains(message)) _errors.Add(message);
    }

    public void Warning(string message)
    {
        if (!_warnings.Contains(message)) _warnings.Add(message);
    }

    /// <summary>Adds a text that no message may show.</summary>
    public Secret Hide(string text) =>
        _secrets.TryGetValue(text, out var known) ? known : _secrets[text] = new Secret(text);
}
