using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Submissions;

/// <summary>The body of a submission, its form checked.</summary>
internal sealed record SubmitRequest
{
    public required RunKey Key { get; init; }

    /// <summary>The text of the ingest.yaml, unchecked.</summary>
    public required string Specification { get; init; }

    /// <summary><c>sha256:</c> and 64 digits; null: the image of the installation.</summary>
    public string? ImageDigest { get; init; }

    /// <summary>The number of pods.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>True: the data set replaces the one that its table holds.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Equal for two submissions that ask for the same.</summary>
    public string ContentDigest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Specification}\0{ImageDigest}\0{Parallelism}{Replacing}"))));

    // Without it the digest is that of the versions before.
    private string Replacing => Overwrite ? "\0overwrite" : "";
}
