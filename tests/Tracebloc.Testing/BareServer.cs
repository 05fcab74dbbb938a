using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tracebloc.Testing;

/// <summary>
/// Kestrel and nothing else: no configuration files, which every other builder watches through inotify, of which a
/// user has 128, and no logging.
/// </summary>
public static class BareServer
{
    public static WebApplication Build(Action<KestrelServerOptions> configure)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(configure);
        return builder.Build();
    }
}
