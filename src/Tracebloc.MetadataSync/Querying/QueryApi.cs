using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.Web;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>The parts of the query API, put together.</summary>
/// <param name="database">The database with the tables.</param>
/// <param name="client">The API server: it reviews callers, and deletes live objects.</param>
/// <param name="kinds">The kinds.</param>
/// <param name="options">The settings.</param>
/// <param name="time">The clock.</param>
internal sealed class QueryApi(
    QueryDatabase database, KubernetesClient client, KindSet kinds, QueryApiOptions options, TimeProvider time)
{
    /// <summary>The longest body of a request; longer ones than an endpoint takes get its own answer.</summary>
    public const int MostBodyBytes = 2 * QueryReader.MostBytes;

    /// <summary>The routes of the API, for a server that has others, too.</summary>
    /// <param name="logger">Receives repeated transactions.</param>
    public IReadOnlyList<Route> Routes(ILogger logger)
    {
        var gate = new CallerGate(
            new TokenAuthenticator(client, time, CallerGate.Audience),
            new AccessAuthorizer(client, time),
            options.AllowsLoopback);
        var evicted = new EvictedDeletion(
            database, new DatabaseRetry(time, Random.Shared.NextDouble, logger), time);
        var (store, live) = (new ObjectStore(database), new LiveDeletion(client));
        var deletions = new Deletions(
            new CollectionDeletion(database, live, evicted, time), new ObjectDeletion(store, live, evicted));
        return new QueryRoutes(gate, new Discovery(kinds, options.Version), store, deletions, time).All;
    }

    /// <summary>Answers the requests of a server that has no other routes.</summary>
    public RequestHandler Handler(RequestCounters counters, ILogger logger) =>
        new(new RouteTable(Routes(logger)), counters, Rules(), time, logger);

    /// <summary>Faults are answered as Status, and a service that is away as 503.</summary>
    public HandlerRules Rules() => new()
    {
        Program = "metadata-sync",
        Deadline = options.Deadline,
        RetryAfter = options.RetryAfter,
        Form = StatusAnswer.Of,
        UnknownPath = "the server could not find the requested resource",
        Absence = away => away switch
        {
            DatabaseException => "The database gives no answer",
            KubernetesException => "The API server gives no answer",
            _ => null,
        },
    };
}
