using Tracebloc.Configuration;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Pin;

/// <summary>Derives a block's image as the chart's templates do.</summary>
internal sealed partial class PinTargetReader
{
    private string RegistryOfAll => field ??= _values.Text("global", "imageRegistry");

    private string ClientEnvironment => field ??= _values.Text("env", "CLIENT_ENV");

    private ImageReference? ImageOf(ConfigurationNode.Mapping block, string own)
    {
        var defaults = ChartImage.At(block.Path);
        var repository = RepositoryOf(block, defaults?.Repository ?? "");
        var tag = Or(own, defaults?.Tag(ClientEnvironment) ?? "");
        if (repository.Length == 0) errors.Add(block, "has no repository; write the image's, as ghcr.io/owner/name");
        if (tag.Length == 0) errors.Add(block, "has no tag to pin; write the image's");
        return repository.Length == 0 || tag.Length == 0 ? null : Parse(block, $"{repository}:{tag}");
    }

    // As client.repository in charts/client/templates/_images.tpl: the chart's own repositories move to the registry of
    // all images, one that names another registry stays. A block's own registry stands before its repository, whatever
    // that is, unless there is one for all: Bitnami's common.images.image.
    private string RepositoryOf(ConfigurationNode.Mapping block, string own)
    {
        var repository = Or(_values.Text(block, "repository"), own);
        var registry = _values.Text(block, "registry");
        if (repository.Length == 0) return "";
        if (registry.Length > 0) return $"{Or(RegistryOfAll, registry)}/{repository}";
        var host = HostOf(repository);
        return RegistryOfAll.Length == 0 || (host.Length > 0 && repository != own)
            ? repository
            : $"{RegistryOfAll}/{repository[host.Length..]}";
    }

    /// <returns>With its slash; empty where none is named.</returns>
    private static string HostOf(string repository) =>
        ImageReference.TryParse(repository, out var reference, out _)
            && repository.StartsWith($"{reference.Domain}/", StringComparison.Ordinal)
            ? $"{reference.Domain}/"
            : "";

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;
}
