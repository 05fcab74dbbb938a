namespace Tracebloc.Testing.Registry;

/// <summary>The repository and the id in the path of an upload; the id is empty where one is to be opened.</summary>
internal sealed record FakeUploadPath(string Repository, string Id)
{
    public static FakeUploadPath? Of(string path) =>
        path.Split('/') is ["", "v2", .. { Length: > 0 } name, "blobs", "uploads", var id]
            ? new FakeUploadPath(string.Join('/', name), id)
            : null;
}
