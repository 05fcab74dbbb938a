using Tracebloc.Configuration;
using Tracebloc.Database;

namespace Tracebloc.MetadataSync.Settings;

/// <summary>The stanza <c>mysql</c>.</summary>
internal sealed record MySqlSettings
{
    public required string Host { get; init; }

    public int Port { get; init; } = 3306;

    public required string User { get; init; }

    public required Secret Password { get; init; }

    public required string Database { get; init; }

    /// <summary>PEM file of authorities: with it TLS is required and verified, else used where offered.</summary>
    public string? CaFile { get; init; }

    public int MostConnections { get; init; } = 25;

    public int MostIdleConnections { get; init; } = 5;

    public TimeSpan ConnectionLife { get; init; } = TimeSpan.FromMinutes(5);

    public DatabaseOptions Options => new()
    {
        Host = Host,
        Port = Port,
        User = User,
        Password = Password.Reveal(),
        Database = Database,
        CaFile = CaFile,
    };
}
