using Tracebloc.Database;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>
/// The real MySQL and MariaDB that scripts/mysql.sh runs. Tests that use them are one collection, which runs one test
/// at a time: <c>local_infile</c> is a setting of the whole server.
/// </summary>
[CollectionDefinition(Collection)]
public sealed class RealDatabases : ICollectionFixture<RealDatabases>, IAsyncLifetime
{
    /// <summary>The name of the collection.</summary>
    public const string Collection = "databases";

    private readonly Dictionary<ServerKind, RealDatabase> _servers = [];

    /// <summary>Both servers.</summary>
    public static TheoryData<ServerKind> Kinds => [ServerKind.MySql, ServerKind.MariaDb];

    /// <summary>Both servers, by both methods.</summary>
    public static TheoryData<ServerKind, LoadMethod> Methods => new(
        from kind in Enum.GetValues<ServerKind>()
        from method in Enum.GetValues<LoadMethod>()
        select (kind, method));

    /// <summary>One of the servers. Skips the test that asks when there is none.</summary>
    public RealDatabase this[ServerKind kind]
    {
        get
        {
            RealParts.SkipWithout(RealParts.Databases);
            return _servers[kind];
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (RealParts.Databases is not null) return;
        foreach (var kind in Enum.GetValues<ServerKind>())
            _servers[kind] = await RealDatabase.ReadAsync(kind, TestContext.Current.CancellationToken);
    }

    /// <summary>Without the test run's token: the servers outlive a cancelled run.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
            await server.DisposeAsync();
    }
}
