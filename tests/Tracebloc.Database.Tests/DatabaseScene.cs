using Tracebloc.Testing;

namespace Tracebloc.Database.Tests;

/// <summary>Opens connections to a <see cref="FakeMySqlServer"/>.</summary>
internal static class DatabaseScene
{
    public static DatabaseOptions OptionsFor(FakeMySqlServer server, string? caFile = null) => new()
    {
        Host = "localhost",
        Port = server.Port,
        User = "ingestor",
        Password = "a password",
        Database = "datasets",
        CaFile = caFile,
    };

    public static async Task<DatabaseServer> WaitAsync(
        FakeMySqlServer server, CancellationToken token, string? caFile = null) =>
        await DatabaseServer.WaitAsync(
            OptionsFor(server, caFile), TimeSpan.FromSeconds(30), TimeProvider.System, null, token);
}
