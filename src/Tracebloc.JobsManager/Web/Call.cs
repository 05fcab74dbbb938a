using Microsoft.AspNetCore.Http;

namespace Tracebloc.JobsManager.Web;

/// <summary>A request whose path is known.</summary>
/// <param name="Request">The request.</param>
/// <param name="Key">The variable segment of the path; empty where it has none.</param>
internal sealed record Call(HttpRequest Request, string Key);
