using System.Globalization;
using System.Text.Json.Nodes;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing.Hub;

/// <summary>The pages of a tree, folders included, each linked to the next by a cursor.</summary>
internal static class FakeHubTree
{
    public static FakeReply Page(IReadOnlyList<FakeHubFile> files, int size, FakeRequest request, Uri hub)
    {
        const string Cursor = "&cursor=";
        var at = request.Query.IndexOf(Cursor, StringComparison.Ordinal);
        var start = at < 0 ? 0 : int.Parse(request.Query.AsSpan(at + Cursor.Length), CultureInfo.InvariantCulture);
        var all = Entries(files);
        var page = new JsonArray([.. all.Skip(start).Take(size)]);
        var reply = FakeReply.Of(200, page.ToJsonString());
        if (start + size >= all.Count)
            return reply;
        var query = at < 0 ? request.Query : request.Query[..at];
        var path = request.Path.TrimStart('/');
        return reply.With("Link", $"<{hub}{path}{query}{Cursor}{start + size}>; rel=\"next\"");
    }

    private static List<JsonNode> Entries(IReadOnlyList<FakeHubFile> files)
    {
        var folders = files.Where(file => file.Path.Contains('/', StringComparison.Ordinal))
            .Select(file => file.Path[..file.Path.LastIndexOf('/')]).Distinct()
            .Select(JsonNode (folder) => new JsonObject
            {
                ["type"] = "directory",
                ["oid"] = new string('d', 40),
                ["size"] = 0,
                ["path"] = folder,
            });
        return [.. folders, .. files.Select(Entry)];
    }

    private static JsonNode Entry(FakeHubFile file)
    {
        var entry = new JsonObject
        {
            ["type"] = "file",
            ["oid"] = file.IsLfs ? new string('a', 40) : file.BlobId,
            ["size"] = file.Content.Length,
            ["path"] = file.Path,
        };
        if (file.IsLfs)
            entry["lfs"] = new JsonObject
            {
                ["oid"] = file.Sha256,
                ["size"] = file.Content.Length,
                ["pointerSize"] = 134,
            };
        return entry;
    }
}
