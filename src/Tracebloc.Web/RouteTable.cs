namespace Tracebloc.Web;

/// <summary>Every route of a server. Of two that match a path, the first counts.</summary>
/// <param name="routes">The routes.</param>
public sealed class RouteTable(params IReadOnlyList<Route> routes)
{
    /// <summary>Finds the route of a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The decoded path.</param>
    public RouteMatch Find(string method, string path)
    {
        List<string> methods = [];
        foreach (var route in routes)
        {
            if (route.Match(path) is not { } variables) continue;
            if (route.Method == method) return new RouteMatch(route, variables, methods);
            if (!methods.Contains(route.Method)) methods.Add(route.Method);
        }

        return new RouteMatch(Route: null, new Dictionary<string, string>(), methods);
    }
}

/// <summary>The route of a request.</summary>
/// <param name="Route">Null where no route has the path and the method.</param>
/// <param name="Variables">The variable segments of the path.</param>
/// <param name="Methods">The other methods of the path; empty where there is no such path.</param>
public sealed record RouteMatch(
    Route? Route, IReadOnlyDictionary<string, string> Variables, IReadOnlyList<string> Methods);
