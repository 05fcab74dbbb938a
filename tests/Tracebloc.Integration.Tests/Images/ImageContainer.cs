using System.Text.Json.Nodes;
using Tracebloc.Integration.Tests.ImageRefresh;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Images;

/// <summary>
/// A container of an image as the chart starts its pods: as the image's user, on a read-only root, without
/// capabilities. runc starts it, as it does for containerd.
/// </summary>
/// <param name="image">The image.</param>
internal sealed class ImageContainer(RealImage image) : IDisposable
{
    private readonly DirectoryInfo _bundle = Directory.CreateTempSubdirectory("bundle-");
    private readonly JsonArray _mounts =
    [
        Mount("/proc", "proc", "proc"), Mount("/dev", "tmpfs", "tmpfs"), Mount("/tmp", "tmpfs", "tmpfs", "mode=1777"),
    ];

    /// <summary>False: the container has no network but its own loopback.</summary>
    public bool HasNetwork { get; init; }

    /// <summary>The command that it starts; default: the image's entry point.</summary>
    public IReadOnlyList<string>? EntryPoint { get; init; }

    public ImageContainer With(string source, string target, bool isWritable = false)
    {
        _mounts.Add(Mount(target, "bind", source, "bind", isWritable ? "rw" : "ro"));
        return this;
    }

    public Task<ProgramResult> RunAsync(
        IReadOnlyList<string> arguments, params (string Name, string Value)[] environment)
    {
        var configuration = Configuration(arguments, environment.Select(one => $"{one.Name}={one.Value}"));
        File.WriteAllText(Path.Combine(_bundle.FullName, "config.json"), configuration.ToJsonString());
        return PublishedProgram.StartFile(
            "runc",
            ["--root", Path.Combine(_bundle.FullName, "state"), "run", "--bundle", _bundle.FullName, _bundle.Name],
            ("PATH", Environment.GetEnvironmentVariable("PATH") ?? "")).Result;
    }

    public void Dispose() => _bundle.Delete(recursive: true);

    /// <summary>https://github.com/opencontainers/runtime-spec/blob/main/config.md.</summary>
    private JsonObject Configuration(IEnumerable<string> arguments, IEnumerable<string> environment)
    {
        var user = $"{image.Configuration["User"]}".Split(':').Select(int.Parse).ToList();
        var entryPoint = EntryPoint ?? Texts(image.Configuration["Entrypoint"]);
        return new JsonObject
        {
            ["ociVersion"] = "1.0.2",
            ["process"] = new JsonObject
            {
                ["user"] = new JsonObject { ["uid"] = user[0], ["gid"] = user[1] },
                ["args"] = Array([.. entryPoint, .. arguments]),
                ["env"] = Array([.. Texts(image.Configuration["Env"]), .. environment]),
                ["cwd"] = "/",
                ["noNewPrivileges"] = true,
                ["capabilities"] = new JsonObject(),
            },
            ["root"] = new JsonObject { ["path"] = image.Root, ["readonly"] = true },
            ["mounts"] = _mounts.DeepClone(),
            ["linux"] = new JsonObject
            {
                ["namespaces"] = new JsonArray([
                    .. Namespaces().Select(one => new JsonObject { ["type"] = one })]),
            },
        };
    }

    private IEnumerable<string> Namespaces() =>
        HasNetwork ? ["pid", "ipc", "uts", "mount"] : ["pid", "ipc", "uts", "mount", "network"];

    private static JsonObject Mount(string target, string type, string source, params string[] options) => new()
    {
        ["destination"] = target,
        ["type"] = type,
        ["source"] = source,
        ["options"] = Array(options),
    };

    private static IEnumerable<string> Texts(JsonNode? list) => list?.AsArray().Select(one => $"{one}") ?? [];

    private static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];
}
