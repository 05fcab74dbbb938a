using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.Web;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>The documents by which kubectl and client libraries find the kinds.</summary>
/// <param name="kinds">The kinds.</param>
/// <param name="version">The version of this program.</param>
/// <seealso href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api"/>
internal sealed class Discovery(KindSet kinds, string version)
{
    private static readonly string[] Verbs = ["delete", "deletecollection", "get", "list"];

    /// <summary>Finds a kind by the segments of a path.</summary>
    /// <exception cref="QueryException">There is none, or it has no such path.</exception>
    public Kind Find(Call call) => kinds.All.FirstOrDefault(kind =>
        (kind.Group, kind.Version, kind.Plural) == (call["group"], call["version"], call["plural"])
        && HasPath(kind, call)) ?? throw Unknown();

    public static Answer Core() => Json(new ApiVersionsJson(), QueryJson.Default.ApiVersionsJson);

    public Answer Groups() => Json(
        new ApiGroupListJson([.. kinds.All.Select(kind => kind.Group).Distinct().Select(Group)]),
        QueryJson.Default.ApiGroupListJson);

    /// <exception cref="QueryException">There is no such group.</exception>
    public Answer Group(Call call) => kinds.All.Any(kind => kind.Group == call["group"])
        ? Json(
            Group(call["group"]) with { Kind = "APIGroup", ApiVersion = "v1" }, QueryJson.Default.ApiGroupJson)
        : throw Unknown();

    /// <exception cref="QueryException">There is no such version.</exception>
    public Answer Resources(Call call)
    {
        ApiResourceJson[] resources =
        [
            .. kinds.All.Where(kind => (kind.Group, kind.Version) == (call["group"], call["version"])).Select(kind =>
                new ApiResourceJson(kind.Plural, kind.Table, kind.IsNamespaced, kind.Name, Verbs)),
        ];
        return resources.Length > 0
            ? Json(
                new ApiResourceListJson($"{call["group"]}/{call["version"]}", resources),
                QueryJson.Default.ApiResourceListJson)
            : throw Unknown();
    }

    public Answer Version()
    {
        var parts = version.Split('.');
        return Json(
            new VersionInfoJson(parts[0], parts.ElementAtOrDefault(1) ?? "0", $"v{version}", "linux"),
            QueryJson.Default.VersionInfoJson);
    }

    public static QueryException NoNamespaces() => QueryException.MethodNotAllowed(
        "namespaces are not served here: this server has custom resources only");

    // Objects that have namespaces are listed without one, and no more.
    private static bool HasPath(Kind kind, Call call) => kind.IsNamespaced
        ? call.Variables.ContainsKey("namespace") || !call.Variables.ContainsKey("name")
        : !call.Variables.ContainsKey("namespace");

    private ApiGroupJson Group(string name)
    {
        GroupVersionJson[] versions =
        [
            .. kinds.All.Where(kind => kind.Group == name).Select(kind => kind.Version).Distinct()
                .Select(each => new GroupVersionJson($"{name}/{each}", each)),
        ];
        return new ApiGroupJson(name, versions, versions[0]);
    }

    private static QueryException Unknown() => new(
        StatusCodes.Status404NotFound, "NotFound", "the server could not find the requested resource");

    private static Answer Json<T>(T value, JsonTypeInfo<T> type) =>
        Answer.Json(StatusCodes.Status200OK, value, type);
}
