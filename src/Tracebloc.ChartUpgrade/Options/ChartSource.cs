namespace Tracebloc.ChartUpgrade.Options;

/// <summary>The chart's repository, and the keyring that verifies it.</summary>
internal sealed record ChartSource
{
    /// <summary>The chart's name in the repository.</summary>
    public required string Chart { get; init; }

    /// <summary>Without credentials: a URL is shown in messages.</summary>
    public required Uri Repository { get; init; }

    /// <summary>PEM file of authorities that are trusted for the repository; null: the system's.</summary>
    public string? CaFile { get; init; }

    public string? Username { get; init; }

    public string? PasswordFile { get; init; }

    /// <summary>The public keys, one of which must have signed the chart; null: provenance is not verified.</summary>
    public string? Keyring { get; init; }
}
