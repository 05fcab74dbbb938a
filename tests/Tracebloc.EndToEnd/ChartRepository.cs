using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tracebloc.Testing.Registry;

namespace Tracebloc.EndToEnd;

/// <summary>The chart in two versions, over HTTPS by the registry's authority: the older alone at first.</summary>
internal sealed class ChartRepository : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly string _charts;
    private string _served;

    private ChartRepository(string charts, IPAddress address, RealRegistry authority)
    {
        (_charts, _served) = (charts, Folder(charts, "now"));
        _application = HttpsServer.Create(authority, address, AnswerAsync);
    }

    public string Url => _application.Urls.Single();

    /// <summary>The chart as it is packaged for release.</summary>
    public string Current => Packaged("now", "client");

    /// <summary>The same, one version on.</summary>
    public string Next => Packaged("next", "client");

    /// <summary>The chart that submits data sets.</summary>
    public string Ingestor => Packaged("now", "ingestor");

    /// <summary>The chart that mirrors custom resources.</summary>
    public string Sync => Packaged("now", "metadata-sync");

    public static string VersionOf(string chart) => Path.GetFileNameWithoutExtension(chart).Split('-', 2)[1];

    public static async Task<ChartRepository> StartAsync(
        string charts, IPAddress address, RealRegistry authority, CancellationToken cancellationToken)
    {
        var repository = new ChartRepository(charts, address, authority);
        await repository._application.StartAsync(cancellationToken);
        return repository;
    }

    public void PublishNext() => _served = Folder(_charts, "next");

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var file = Path.Combine(_served, Path.GetFileName(context.Request.Path.Value ?? ""));
        if (File.Exists(file))
            return context.Response.SendFileAsync(file, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private string Packaged(string folder, string chart) =>
        Directory.GetFiles(Folder(_charts, folder), $"{chart}-*.tgz").Single();

    private static string Folder(string charts, string name) => Path.Combine(charts, name);
}
