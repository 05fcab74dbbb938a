using Microsoft.AspNetCore.Http;

namespace Tracebloc.JobsManager.Web;

/// <summary>Every route of a server; every other path is 404, every other method 405.</summary>
internal sealed class RouteTable(params IReadOnlyList<Route> routes)
{
    private const string Unrouted = "other";

    /// <summary>The route of a request, or one that answers with the fault of its path or method.</summary>
    public (Route Route, string Key) Find(string method, string path)
    {
        var key = "";
        Route[] ofPath = [.. routes.Where(route => Take(route, path, ref key))];
        return ofPath.FirstOrDefault(route => route.Method == method) is { } found ? (found, key)
            : ofPath is [] ? (Fault(Answer.Fault(
                StatusCodes.Status404NotFound, "There is no such path; see docs/protocol.md for those there are")), "")
            : (NotAllowed(string.Join(", ", ofPath.Select(route => route.Method))), "");
    }

    private static bool Take(Route route, string path, ref string key)
    {
        if (!route.Matches(path, out var found)) return false;
        key = found;
        return true;
    }

    private static Route NotAllowed(string methods) => Fault(
        Answer.Fault(StatusCodes.Status405MethodNotAllowed, $"This path has {methods} only") with { Allow = methods });

    private static Route Fault(Answer answer) => new(Unrouted, "", (_, _) => Task.FromResult(answer));
}
