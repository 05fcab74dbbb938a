using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>The one table of what lies beside a model and is not of it.</summary>
internal static class ModelFilter
{
    private const string Layout = "oci-layout";

    // Files or folders at the top.
    private static readonly HashSet<string> Foreign = new(StringComparer.Ordinal)
    {
        ".git", ".gitignore", ".gitattributes", ".github", // Model Signing 1.0 leaves them out, too
        ".model-upload", // this program's own records
        SignatureFile.Name, // a signature of an earlier run
        "lost+found", // of ext4, at the top of a volume
    };

    // Files at the top: the bundles that lie beside model.sig.
    private const string Bundle = ".sigstore.json";

    // Anywhere: huggingface_hub's folder among them.
    private const string Cache = ".cache";

    /// <summary>True for a file of a model, by its path alone.</summary>
    public static bool IsModel(ModelPath path)
    {
        var segments = path.Segments;
        return !Foreign.Contains(segments[0])
            && (segments.Count > 1 || !segments[0].EndsWith(Bundle, StringComparison.Ordinal))
            && !segments.Contains(Cache);
    }

    /// <summary>The files of the model among those at a source, in the order of their paths.</summary>
    /// <exception cref="UploadException">There is none; or a path occurs twice, or as file and folder.</exception>
    public static SourceListing Of(string source, IEnumerable<SourceFile> files)
    {
        var all = files.OrderBy(file => file.Path).ToList();
        var isLayout = all.Exists(file => file.Path.Text == Layout);
        var kept = all.Where(file => IsModel(file.Path) && !(isLayout && IsOfLayout(file.Path))).ToList();
        RequireDistinct(source, kept);
        var leftOut = all.Select(file => file.Path).Except(kept.Select(file => file.Path)).ToList();
        return kept.Count > 0 ? new SourceListing(source, kept, leftOut) : throw Empty(source, leftOut.Count);
    }

    // An image layout that somebody pulled into the model's folder (image-spec, image-layout.md).
    private static bool IsOfLayout(ModelPath path) =>
        path.Text is Layout or "index.json" || path.Text.StartsWith("blobs/", StringComparison.Ordinal);

    private static void RequireDistinct(string source, List<SourceFile> files)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
            if (!paths.Add(file.Path.Text))
                throw UploadException.OfSource($"{source} has {file.Path} twice; keep one of them");
        foreach (var file in files)
            if (Folders(file.Path.Text).FirstOrDefault(paths.Contains) is { } both)
                throw UploadException.OfSource(
                    $"{source} has {both} as a file and as a folder of {file.Path}; rename one of them");
    }

    private static IEnumerable<string> Folders(string path)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
            yield return path[..slash];
    }

    private static UploadException Empty(string source, int leftOut) => UploadException.OfSource(leftOut == 0
        ? $"{source} has no files; check the address"
        : $"{source} has no file of a model: all {leftOut} are caches, signatures or files of Git; check the address");
}
