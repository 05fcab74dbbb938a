namespace Tracebloc.Ingestion.Reporting;

/// <summary>A call of the central backend. A proxy can build its list of what passes from <see cref="All"/>.</summary>
/// <param name="Name">A name for messages.</param>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">The path from the root; <c>{table}</c> stands for the name of the table.</param>
/// <param name="QueryKeys">The keys of the query, in their order.</param>
/// <param name="MostBytes">The longest body.</param>
public sealed record CentralCall(
    string Name, HttpMethod Method, string Path, IReadOnlyList<string> QueryKeys, int MostBytes)
{
    /// <summary>Stands for the table in <see cref="Path"/>.</summary>
    public const string Table = "{table}";

    private const int Small = 1024, OfMetadata = 1024 * 1024, OfBatch = 64 * 1024 * 1024;

    /// <summary>Answers with a token for the calls that follow.</summary>
    public static CentralCall Login { get; } = new("login", HttpMethod.Post, "/api-token-auth/", [], Small);

    /// <summary>Sends ids and labels of some rows.</summary>
    public static CentralCall Batch { get; } = new("batch", HttpMethod.Post, $"/global_meta/{Table}/", [], OfBatch);

    /// <summary>Has the backend count the labels.</summary>
    public static CentralCall EdgeLabels { get; } = new(
        "edge labels",
        HttpMethod.Get,
        "/global_meta/generate-edge-labels-meta/",
        ["table_name", "injestor_id", "data_intent"],
        0);

    /// <summary>Sends the types of the columns and the form of the files.</summary>
    public static CentralCall Metadata { get; } =
        new("metadata", HttpMethod.Post, "/global_meta/global_metadata/", [], OfMetadata);

    /// <summary>Has the backend prepare the data set.</summary>
    public static CentralCall Preparation { get; } = new(
        "preparation",
        HttpMethod.Get,
        "/global_meta/prepare/",
        ["category", "injestor_id", "data_format", "data_intent"],
        0);

    /// <summary>Registers the data set.</summary>
    public static CentralCall Dataset { get; } = new("data set", HttpMethod.Post, "/dataset/", [], Small * 4);

    /// <summary>The six calls.</summary>
    public static IReadOnlyList<CentralCall> All { get; } =
        [Login, Batch, EdgeLabels, Metadata, Preparation, Dataset];
}
