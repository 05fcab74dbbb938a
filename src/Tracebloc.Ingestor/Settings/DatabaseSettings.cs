using Tracebloc.Configuration;
using Tracebloc.Database;

namespace Tracebloc.Ingestor.Settings;

/// <summary>The database as the environment gives it.</summary>
internal sealed record DatabaseSettings
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required string User { get; init; }

    public required Secret Password { get; init; }

    public required string Name { get; init; }

    /// <summary>PEM file of authorities: with it TLS is required and verified.</summary>
    public string? CaFile { get; init; }

    /// <summary>The statement that loads rows; null: the faster one that the server allows.</summary>
    public LoadMethod? Load { get; init; }

    /// <summary>The longest wait for the server's first answer.</summary>
    public required TimeSpan Wait { get; init; }

    public DatabaseOptions Options => new()
    {
        Host = Host,
        Port = Port,
        User = User,
        Password = Password.Reveal(),
        Database = Name,
        CaFile = CaFile,
    };
}
