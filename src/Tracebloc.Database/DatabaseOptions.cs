namespace Tracebloc.Database;

/// <summary>The address of a MySQL or MariaDB server, and the account there.</summary>
public sealed record DatabaseOptions
{
    /// <summary>The host's name or address.</summary>
    public required string Host { get; init; }

    /// <summary>The TCP port.</summary>
    public int Port { get; init; } = 3306;

    /// <summary>The account.</summary>
    public required string User { get; init; }

    /// <summary>The account's password; secret.</summary>
    public required string Password { get; init; }

    /// <summary>The database that holds the tables; it may not exist yet.</summary>
    public required string Database { get; init; }

    /// <summary>
    /// A PEM file of the authorities that may sign the server's certificate: TLS is then required, and verified by
    /// them alone. Null: TLS is used where the server offers it, and its certificate is not verified, since servers
    /// sign their own at their first start.
    /// </summary>
    public string? CaFile { get; init; }

    /// <summary>The longest wait for one connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Host and port, as messages name the server.</summary>
    public string Address => $"{Host}:{Port}";

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{User}@{Address}/{Database}";
}
