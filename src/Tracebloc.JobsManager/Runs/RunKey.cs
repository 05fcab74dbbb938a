using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Tracebloc.Ingestion.Submitting;

namespace Tracebloc.JobsManager.Runs;

/// <summary>The idempotency key of a run: 1 to 64 letters, digits, dots, underscores and dashes.</summary>
internal sealed record RunKey
{
    private const int HashDigits = 12;

    private RunKey(string text) => Text = text;

    public string Text { get; }

    /// <summary>The first 12 hexadecimal digits of its SHA-256, which the names of its objects end with.</summary>
    public string Hash =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))[..HashDigits];

    public static bool TryParse(string? text, [NotNullWhen(true)] out RunKey? key)
    {
        key = text is not null && SubmissionRules.IsKey(text) ? new RunKey(text) : null;
        return key is not null;
    }

    public override string ToString() => Text;
}
