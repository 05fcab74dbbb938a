namespace Tracebloc.Ingestor.Settings;

/// <summary>The database as the environment gives it.</summary>
internal sealed record DatabaseSettings
{
    public required string Host { get; init; }

    public int Port { get; init; } = 3306;

    public required string User { get; init; }

    public required Secret Password { get; init; }

    public string Name { get; init; } = "training_test_datasets";

    /// <summary>PEM file of authorities: with it TLS is required and verified.</summary>
    public string? CaFile { get; init; }

    public LoadChoice Load { get; init; }

    /// <summary>The longest wait for the server's first answer.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(120);
}
