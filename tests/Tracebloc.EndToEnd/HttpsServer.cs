using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.EndToEnd;

/// <summary>A server over HTTPS by the registry's authority, which pods and the node trust.</summary>
internal static class HttpsServer
{
    /// <param name="authority">Whose authority issues its certificate.</param>
    /// <param name="address">Where it listens, once it is started.</param>
    /// <param name="answer">Answers every request.</param>
    /// <param name="port">0 for one that is free.</param>
    public static WebApplication Create(
        RealRegistry authority, IPAddress address, RequestDelegate answer, int port = 0)
    {
        var server = BareServer.Build(kestrel =>
        {
            // Layers of images are larger than the 30 MB that Kestrel takes by default.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(address, port, listen => listen.UseHttps(authority.IssueServer()));
        });
        server.Run(answer);
        return server;
    }
}
