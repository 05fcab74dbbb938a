using System.Formats.Tar;
using CliWrap;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Benchmarks.Push;

/// <summary>Puts images of the published programs into the node's store, as no registry has them.</summary>
internal sealed class NodeImages(PushParts parts, DirectoryInfo folder)
{
    private const string Busybox = "bin/busybox";

    // As kubectl calls them in a container.
    private static readonly string[] Tools = ["bin/tar", "bin/sleep", "bin/sh"];

    /// <returns>The reference of an image that starts a program.</returns>
    public Task<string> AddAsync(string repository, string program, CancellationToken token) =>
        LoadAsync(repository, new RunnableImage(Layer(program), "/program"), token);

    /// <returns>The reference of an image with a shell and tar, that does nothing.</returns>
    public Task<string> AddToolsAsync(string repository, CancellationToken token) =>
        LoadAsync(repository, new RunnableImage(Layer(null), $"/{Busybox}", "sleep", "86400"), token);

    private async Task<string> LoadAsync(string repository, RunnableImage image, CancellationToken token)
    {
        var archive = Path.Combine(folder.FullName, "image.tar");
        var digest = ImageArchive.Write(archive, repository, image);
        await Cli.Wrap(parts.ClusterScript).WithArguments(["load", archive]).ExecuteAsync(token);
        File.Delete(archive);
        return $"{repository}@{digest}";
    }

    private byte[] Layer(string? program)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            var root = new DirectoryInfo(parts.NodeRoot);
            foreach (var entry in root.EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
                tar.WriteEntry(entry.FullName, Path.GetRelativePath(root.FullName, entry.FullName));
            foreach (var tool in Tools)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, tool) { LinkName = $"/{Busybox}" });
            if (program is not null) tar.WriteEntry(program, "program");
        }

        return bytes.ToArray();
    }
}
