using System.Text.Json.Nodes;
using CliWrap;
using CliWrap.Buffered;

namespace Tracebloc.Integration.Tests.Images;

/// <summary>An image that the Image target has made, unpacked by buildah.</summary>
internal sealed class RealImage : IAsyncDisposable
{
    private readonly string _container;

    private RealImage(string container, string root, JsonNode configuration) =>
        (_container, Root, Configuration) = (container, root, configuration);

    /// <summary>Its files.</summary>
    public string Root { get; }

    /// <summary>The start of its containers: https://specs.opencontainers.org/image-spec/config/.</summary>
    public JsonNode Configuration { get; }

    /// <param name="name">The archive's name: an index of images.</param>
    /// <param name="architecture">The one to take of them.</param>
    /// <param name="token">Ends buildah.</param>
    public static async Task<RealImage> OpenAsync(string name, string architecture, CancellationToken token)
    {
        RealParts.SkipWithout(RealParts.BuiltImages);
        var archive = Path.Combine(RealParts.Images ?? "", $"{name}.tar");
        var container = await BuildahAsync(
            ["from", "--quiet", $"--arch={architecture}", $"oci-archive:{archive}"], token);
        try
        {
            var root = await BuildahAsync(["mount", container], token);
            var inspected = JsonNode.Parse(await BuildahAsync(["inspect", container], token));
            return new RealImage(container, root, inspected!["OCIv1"]!["config"]!);
        }
        catch
        {
            await RemoveAsync(container);
            throw;
        }
    }

    /// <summary>True for a file or a link of the image.</summary>
    public bool Has(string path) =>
        new FileInfo(Path.Combine(Root, path)) is { Exists: true } or { LinkTarget: not null };

    public async ValueTask DisposeAsync() => await RemoveAsync(_container);

    private static Task RemoveAsync(string container) => BuildahAsync(["rm", container], CancellationToken.None);

    private static async Task<string> BuildahAsync(IReadOnlyList<string> arguments, CancellationToken token) =>
        (await Cli.Wrap("buildah").WithArguments(arguments).ExecuteBufferedAsync(token)).StandardOutput.Trim();
}
