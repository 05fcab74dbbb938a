using Tracebloc.Configuration;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Pin;

/// <summary>
/// Reads the images of a values file: blocks of repository, tag and digest, and text such as <c>repo:tag@digest</c>.
/// </summary>
internal sealed partial class PinTargetReader(ValuesFile file, ConfigurationErrors errors)
{
    private const string Images = "images", TagKey = "tag", DigestKey = "digest";

    private readonly Values _values = new(file.Root, errors);

    /// <returns>All that could be read; what could not is among the errors.</returns>
    public IReadOnlyList<PinTarget> Read(IReadOnlyList<string> paths) =>
        [.. (paths.Count == 0 ? Every() : paths.Distinct().Select(At)).OfType<PinTarget>()];

    private IEnumerable<PinTarget?> Every()
    {
        if (Values.Find(file.Root, Images) is ConfigurationNode.Mapping { Entries.Count: > 0 } images)
            return ImagesIn(images);
        errors.Add(0, Images, "holds no images; give their paths, as in --path web.image");
        return [];
    }

    // Charts keep settings of all images beside them, such as pullPolicy.
    private IEnumerable<PinTarget?> ImagesIn(ConfigurationNode.Mapping images)
    {
        var example = images.Entries.FirstOrDefault(entry => IsImage(entry.Value)).Key;
        foreach (var (_, _, value) in images.Entries)
        {
            if (example is null || IsImage(value))
                yield return Read(value);
            else
                errors.Add(value, "is not an image; name the images by --path, as in --path "
                    + ConfigurationPath.Join(Images, example));
        }
    }

    private static bool IsImage(ConfigurationNode node) => node switch
    {
        ConfigurationNode.Mapping block => ChartImage.At(block.Path) is not null
            || block.Entries.Any(entry => entry.Key is "repository" or TagKey or DigestKey),
        ConfigurationNode.Scalar { Type: ScalarType.Text } text => text.Text.AsSpan().ContainsAny(':', '@'),
        _ => false,
    };

    private PinTarget? At(string path)
    {
        if (ConfigurationPath.Find(file.Root, path) is { } node) return Read(node);
        errors.Add(0, path, "is not in the file; write it as the keys that lead there, such as images.web");
        return null;
    }

    private PinTarget? Read(ConfigurationNode node)
    {
        if (node is ConfigurationNode.Mapping block) return ReadBlock(block);
        if (node is ConfigurationNode.Scalar { Type: ScalarType.Text } text) return ReadReference(text);
        errors.Add(node, $"must be an image, a block with repository, tag and digest or text as in "
            + $"\"nginx:1.29\", but is {node.Description}");
        return null;
    }

    private PinTarget? ReadBlock(ConfigurationNode.Mapping block)
    {
        var tag = Values.Find(block, TagKey);
        var text = _values.Text(tag);
        if (tag is ConfigurationNode.Scalar pinned && text.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
            return ReadPinnedTag(block, pinned, text[..at], text[(at + 1)..]);
        var image = ImageOf(block, text);
        var digest = Values.Find(block, DigestKey);
        var held = _values.Text(digest);
        if (digest is null)
            errors.Add(block, "has no digest; write digest: \"\" beside its tag, if its chart reads one");
        return image is not null && digest is ConfigurationNode.Scalar scalar && PlaceOf(scalar) is { } place
            ? new PinTarget(block.Path, scalar.Line, image, place)
            {
                Held = held.Length == 0 ? null : DigestOf(scalar, held),
            }
            : null;
    }

    // Renovate writes v1@sha256:… for charts that have no key for a digest.
    private PinTarget? ReadPinnedTag(
        ConfigurationNode.Mapping block, ConfigurationNode.Scalar scalar, string tag, string digest)
    {
        var image = tag.Length == 0 ? null : ImageOf(block, tag);
        if (tag.Length == 0) errors.Add(scalar, "has no tag before its digest; write it as TAG@sha256:…");
        if (Values.Find(block, DigestKey) is { } second && _values.Text(second).Length > 0)
            errors.Add(second, "is a second digest beside the one in tag; empty one of them");
        return image is not null && PlaceOf(scalar) is { } place
            ? new PinTarget(block.Path, scalar.Line, image, place) { Unpinned = tag, Held = DigestOf(scalar, digest) }
            : null;
    }

    private PinTarget? ReadReference(ConfigurationNode.Scalar scalar)
    {
        var at = scalar.Text.IndexOf('@', StringComparison.Ordinal);
        var name = at < 0 ? scalar.Text : scalar.Text[..at];
        var image = Parse(scalar, name);
        if (image is not null && !name.EndsWith($":{image.Tag}", StringComparison.Ordinal))
            errors.Add(scalar, $"has no tag to pin; add it, as {image}");
        return image is not null && PlaceOf(scalar) is { } place
            ? new PinTarget(scalar.Path, scalar.Line, image, place)
            {
                Unpinned = name,
                Held = at < 0 ? null : DigestOf(scalar, scalar.Text[(at + 1)..]),
            }
            : null;
    }

    private ImageReference? Parse(ConfigurationNode node, string text)
    {
        if (!ImageReference.TryParse(text, out var image, out var error)) errors.Add(node, error);
        return image;
    }

    private Digest? DigestOf(ConfigurationNode node, string text)
    {
        if (!Digest.TryParse(text, out var digest))
            errors.Add(node, "is not pinned by a digest; write sha256: and 64 hexadecimal digits, or nothing");
        return digest;
    }

    private ScalarPlace? PlaceOf(ConfigurationNode.Scalar scalar)
    {
        var place = scalar.IsAnchored ? null : ScalarPlace.Of(scalar, file.Text);
        if (place is null)
            errors.Add(scalar, scalar.IsAnchored
                ? "is shared through an anchor (&name), so that other images would change too; write it out"
                : "cannot be replaced the way it is written; write it on one line, in quotes, without escapes");
        return place;
    }
}
