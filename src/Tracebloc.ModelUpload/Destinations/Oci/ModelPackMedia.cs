using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>The ModelPack types of files, by their names. A file of no known kind is taken for weights.</summary>
/// <seealso href="https://github.com/modelpack/model-spec/blob/main/docs/spec.md"/>
internal static class ModelPackMedia
{
    public const string Manifest = "application/vnd.cncf.model.manifest.v1+json";
    public const string Config = "application/vnd.cncf.model.config.v1+json";
    public const string FilePath = "org.cncf.model.filepath";

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        [".json"] = "weight.config",
        [".jsonl"] = "dataset",
        [".yaml"] = "weight.config",
        [".yml"] = "weight.config",
        [".toml"] = "weight.config",
        [".ini"] = "weight.config",
        [".jinja"] = "weight.config",
        [".model"] = "weight.config",
        [".vocab"] = "weight.config",
        [".md"] = "doc",
        [".txt"] = "doc",
        [".rst"] = "doc",
        [".pdf"] = "doc",
        [".html"] = "doc",
        [".png"] = "doc",
        [".jpg"] = "doc",
        [".py"] = "code",
        [".ipynb"] = "code",
        [".sh"] = "code",
        [".csv"] = "dataset",
        [".parquet"] = "dataset",
        [".arrow"] = "dataset",
    };

    private static readonly HashSet<string> Documents = new(StringComparer.OrdinalIgnoreCase)
    {
        "LICENSE",
        "NOTICE",
        "README",
    };

    public static string Of(ModelPath path)
    {
        var kind = Documents.Contains(path.Name) ? "doc" : Kinds.GetValueOrDefault(Extension(path.Name), "weight");
        return $"application/vnd.cncf.model.{kind}.v1.raw";
    }

    private static string Extension(string name) => name[Math.Max(name.LastIndexOf('.'), 0)..];
}
