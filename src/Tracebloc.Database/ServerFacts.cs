namespace Tracebloc.Database;

/// <summary>The properties of a server that its users need to know.</summary>
/// <param name="Kind">MySQL or MariaDB.</param>
/// <param name="Version">As the server writes it.</param>
/// <param name="LocalInfile">True where the server allows LOAD DATA LOCAL.</param>
/// <param name="MaxAllowedPacket">The most bytes of a statement.</param>
/// <param name="Encryption">The protection of the connection.</param>
public sealed record ServerFacts(
    ServerKind Kind, string Version, bool LocalInfile, long MaxAllowedPacket, Encryption Encryption)
{
    internal static async Task<ServerFacts> ReadAsync(
        DatabaseSession session, bool isVerified, CancellationToken token)
    {
        var cipher = await session.FindAsync(
            new SqlStatement("SHOW SESSION STATUS LIKE 'Ssl_cipher'"), row => row.Text(1), token);
        var encryption = string.IsNullOrEmpty(cipher) ? Encryption.None
            : isVerified ? Encryption.Verified : Encryption.Unverified;
        var facts = await session.FindAsync(
            new SqlStatement("SELECT VERSION(), @@version_comment, @@local_infile, @@max_allowed_packet"),
            row => new ServerFacts(
                KindOf(row.Text(0), row.Text(1)), row.Text(0), row.Number(2) != 0, row.Number(3), encryption),
            token);
        return facts ?? throw new DatabaseException(
            DatabaseFailure.Connection, $"Database {session.Address} gave no version; check that the port is right");
    }

    private static ServerKind KindOf(string version, string comment) =>
        $"{version} {comment}".Contains("MariaDB", StringComparison.OrdinalIgnoreCase)
            ? ServerKind.MariaDb : ServerKind.MySql;
}
