using Microsoft.AspNetCore.Http;

namespace Tracebloc.Web;

/// <summary>A request whose path is known.</summary>
/// <param name="Request">The request.</param>
/// <param name="Variables">The variable segments of the path, by their names in the route.</param>
public sealed record Call(HttpRequest Request, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>A variable segment of the path; a name that the route does not have is an error.</summary>
    public string this[string variable] => Variables[variable];
}
