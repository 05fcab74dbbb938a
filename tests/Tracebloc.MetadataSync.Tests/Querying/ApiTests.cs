namespace Tracebloc.MetadataSync.Tests.Querying;

public sealed class ApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Discovery_names_every_kind()
    {
        await using var scene = await ApiScene.StartAsync(Token);

        Assert.Equal("APIVersions", (string?)(await scene.GetAsync("/api", Token)).Body["kind"]);
        var groups = (await scene.GetAsync("/apis", Token)).Body["groups"];
        Assert.Equal("michelangelo.api/v2", (string?)groups?[0]?["preferredVersion"]?["groupVersion"]);
        Assert.Equal("APIGroup", (string?)(await scene.GetAsync("/apis/michelangelo.api", Token)).Body["kind"]);
        var resources = (await scene.GetAsync("/apis/michelangelo.api/v2", Token)).Body["resources"]?.AsArray() ?? [];
        Assert.Equal(13, resources.Count);
        Assert.Equal(
            """
            {"name":"modelfamilys","singularName":"modelfamily","namespaced":true,"kind":"ModelFamily",
            "verbs":["delete","deletecollection","get","list"]}
            """.ReplaceLineEndings(""),
            resources[1]?.ToJsonString());
        Assert.Equal(
            """
            {"name":"regions","singularName":"region","namespaced":false,"kind":"Region",
            "verbs":["delete","deletecollection","get","list"]}
            """.ReplaceLineEndings(""),
            (await scene.GetAsync("/apis/test.example/v1", Token)).Body["resources"]?[0]?.ToJsonString());
        Assert.Equal("v2.0.0", (string?)(await scene.GetAsync("/version", Token)).Body["gitVersion"]);
    }

    [Theory]
    [InlineData("/apis/other", 404, "NotFound", "the server could not find the requested resource")]
    [InlineData("/apis/michelangelo.api/v1", 404, "NotFound", "the server could not find the requested resource")]
    [InlineData("/apis/michelangelo.api/v2/pods", 404, "NotFound", "the server could not find the requested resource")]
    [InlineData("/apis/michelangelo.api/v2/models/m", 404, "NotFound",
        "the server could not find the requested resource")]
    [InlineData("/apis/test.example/v1/namespaces/team-a/regions", 404, "NotFound",
        "the server could not find the requested resource")]
    [InlineData("/apis/test.example/v1/namespaces/team-a/regions/r", 404, "NotFound",
        "the server could not find the requested resource")]
    [InlineData(ApiScene.Regions + "?fieldSelector=metadata.namespace%3Da", 400, "BadRequest",
        "fieldSelector at character 1: there is no field \"metadata.namespace\"; the fields are "
            + "metadata.name, spec.owner")]
    [InlineData(ApiScene.Regions + "/r", 503, "ServiceUnavailable", "The database gives no answer; ask again later")]
    [InlineData("/none", 404, "NotFound", "the server could not find the requested resource")]
    [InlineData(ApiScene.Models + "/m/status", 404, "NotFound", "the server could not find the requested resource")]
    [InlineData(ApiScene.Models + "?watch=true", 405, "MethodNotAllowed", "watch is not supported: this server answers "
        + "from a database; watch the API server of the cluster")]
    [InlineData(ApiScene.Models + "?labelSelector=a%20like%20b", 400, "BadRequest",
        "labelSelector at character 3: found \"like\", expected =, ==, !=, <, >, in or notin")]
    [InlineData(ApiScene.Models + "?fieldSelector=spec.x%3D1", 400, "BadRequest",
        "fieldSelector at character 1: there is no field \"spec.x\"; the fields are metadata.name, ")]
    [InlineData(ApiScene.Models + "?labelselector=a", 400, "BadRequest", "parameter \"labelselector\" is not known")]
    [InlineData(ApiScene.Models + "?limit=1&limit=2", 400, "BadRequest", "parameter limit is there 2 times")]
    [InlineData(ApiScene.Models + "?limit=-1", 400, "BadRequest", "limit \"-1\" is not a whole number")]
    [InlineData(ApiScene.Models + "?state=gone", 400, "BadRequest", "state \"gone\" is none of live, evicted, deleted")]
    [InlineData(ApiScene.Models + "?continue=x", 400, "BadRequest", "continue: the text is no token of this server")]
    [InlineData(ApiScene.Models + "?resourceVersion=5", 400, "BadRequest", "resourceVersion cannot be chosen")]
    [InlineData(ApiScene.Models + "?includeObject=all", 400, "BadRequest", "includeObject \"all\" is none of None, ")]
    [InlineData(ApiScene.Models + "/m?labelSelector=a", 400, "BadRequest", "parameter \"labelSelector\" is not known")]
    [InlineData(ApiScene.Models, 503, "ServiceUnavailable", "The database gives no answer; ask again later")]
    public async Task A_fault_is_a_Status(string path, int code, string reason, string message)
    {
        await using var scene = await ApiScene.StartAsync(Token);

        var (found, status) = await scene.GetAsync(path, Token);
        Assert.Equal(
            (code, "Status", "v1", "Failure", reason, code),
            (found, (string?)status["kind"], (string?)status["apiVersion"], (string?)status["status"],
                (string?)status["reason"], (int?)status["code"]));
        Assert.StartsWith(message, (string?)status["message"]);
    }

    [Theory]
    [InlineData("GET", ApiScene.Models, "list", null)]
    [InlineData("GET", "/apis/michelangelo.api/v2/models", "list", null)]
    [InlineData("GET", ApiScene.Models + "/m", "get", "m")]
    [InlineData("POST", ApiScene.Models + "/query", "list", null)]
    [InlineData("DELETE", ApiScene.Models, "deletecollection", null)]
    [InlineData("DELETE", ApiScene.Models + "/m", "delete", "m")]
    public async Task A_caller_needs_the_right_to_the_same_verb(string method, string path, string verb, string? name)
    {
        await using var scene = await ApiScene.StartAsync(Token);
        scene.Api.Deny(verb, "models", name);

        var (code, status) = await scene.SendAsync(method, path, Token, bearer: scene.Token.Value);
        Assert.Equal((403, "Forbidden"), (code, (string?)status["reason"]));
        Assert.Contains(
            $"is forbidden: User \"jane\" cannot {verb} resource \"models\" in API group \"michelangelo.api\"",
            (string?)status["message"]);
        var asked = scene.Api.Calls.Single(call => call.Resource == "subjectaccessreviews").Json?["spec"];
        var everywhere = path.Contains("team-a", StringComparison.Ordinal) ? "team-a" : null;
        Assert.Equal(everywhere, (string?)asked?["resourceAttributes"]?["namespace"]);
        Assert.Equal("jane", (string?)asked?["user"]);
    }

    [Theory]
    [InlineData("GET", "", "list", null)]
    [InlineData("GET", "/r", "get", "r")]
    [InlineData("POST", "/query", "list", null)]
    [InlineData("DELETE", "", "deletecollection", null)]
    [InlineData("DELETE", "/r", "delete", "r")]
    public async Task A_kind_without_a_namespace_is_asked_for_as_any_other_and_its_rights_are_the_clusters(
        string method, string path, string verb, string? name)
    {
        await using var scene = await ApiScene.StartAsync(Token);

        var (code, status) = await scene.SendAsync(
            method, ApiScene.Regions + path, Token, method == "POST" ? "{}" : null, scene.Token.Value);
        Assert.True(code == 503, $"{code}: {status["message"]}");
        Assert.Equal("The database gives no answer; ask again later", (string?)status["message"]);
        var asked = scene.Api.Calls.Single(call => call.Resource == "subjectaccessreviews")
            .Json?["spec"]?["resourceAttributes"];
        Assert.Equal(
            (verb, name, null), ((string?)asked?["verb"], (string?)asked?["name"], (string?)asked?["namespace"]));
    }

    [Fact]
    public async Task Without_the_right_a_kind_without_a_namespace_is_forbidden_at_the_cluster_scope()
    {
        await using var scene = await ApiScene.StartAsync(Token);
        scene.Api.Deny("list", "regions");

        var (code, status) = await scene.GetAsync(ApiScene.Regions, Token);
        Assert.Equal(403, code);
        Assert.EndsWith("in API group \"test.example\" at the cluster scope", (string?)status["message"]);
    }

    [Theory]
    [InlineData("POST", "/query")]
    [InlineData("DELETE", "")]
    [InlineData("DELETE", "/r")]
    public async Task A_kind_without_a_namespace_is_in_none(string method, string path)
    {
        await using var scene = await ApiScene.StartAsync(Token);

        var (code, _) = await scene.SendAsync(
            method, "/apis/test.example/v1/namespaces/team-a/regions" + path, Token, bearer: scene.Token.Value);
        Assert.Equal(404, code);
        Assert.Equal(0, scene.Api.Count("create", "subjectaccessreviews"));
    }

    [Theory]
    [InlineData("/apis")]
    [InlineData("/version")]
    [InlineData(ApiScene.Models)]
    [InlineData("/apis/other/v1/things")]
    public async Task A_request_without_a_valid_token_is_unauthorized(string path)
    {
        await using var scene = await ApiScene.StartAsync(Token);

        Assert.Equal(401, (await scene.SendAsync("GET", path, Token)).Code);
        Assert.Equal(401, (await scene.SendAsync("GET", path, Token, bearer: "unknown")).Code);
        Assert.Equal(0, scene.Api.Count("create", "subjectaccessreviews"));
    }

    [Fact]
    public async Task Loopback_needs_no_credentials_where_the_flag_allows_it()
    {
        await using var scene = await ApiScene.StartAsync(Token, allowsLoopback: true);

        Assert.Equal(200, (await scene.SendAsync("GET", "/apis", Token)).Code);
        Assert.Equal(503, (await scene.SendAsync("GET", ApiScene.Models, Token)).Code);
        Assert.Equal(401, (await scene.SendAsync("GET", "/apis", Token, bearer: "unknown")).Code);
        foreach (var header in ((string, string)[])
            [("X-Forwarded-For", "10.0.0.1"), ("Forwarded", "for=10.0.0.1"), ("Host", "evil.example")])
            Assert.Equal(401, (await scene.SendAsync("GET", "/apis", Token, headers: header)).Code);
    }

    [Theory]
    [InlineData("application/json;as=Table;v=v1;g=meta.k8s.io", 503)]
    [InlineData("application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json", 503)]
    [InlineData("application/vnd.kubernetes.protobuf, application/json", 503)]
    [InlineData("*/*", 503)]
    [InlineData("application/json;as=Table;v=v1beta1;g=meta.k8s.io", 406)]
    [InlineData("application/vnd.kubernetes.protobuf", 406)]
    [InlineData("text/html", 406)]
    public async Task The_first_form_that_is_known_is_taken(string accepted, int code)
    {
        await using var scene = await ApiScene.StartAsync(Token);

        Assert.Equal(code, (await scene.SendAsync(
            "GET", ApiScene.Models, Token, bearer: scene.Token.Value, headers: ("Accept", accepted))).Code);
    }

    [Theory]
    [InlineData("?labelSelector=a%20like%20b", "", "labelSelector at character 3")]
    [InlineData("?fieldSelector=spec.x%3D1", "", "fieldSelector at character 1")]
    [InlineData("?state=all", "", "state may be live or evicted")]
    [InlineData("?limit=5", "", "parameter \"limit\" is not known here")]
    [InlineData("?dryRun=Some", "", "dryRun \"Some\" is not known; write All")]
    [InlineData("?propagationPolicy=Never", "", "propagationPolicy \"Never\" is none of Background, ")]
    [InlineData("", "{\"gracePeriodSeconds\": 5}", "gracePeriodSeconds is not known here")]
    [InlineData("", "{\"preconditions\": {}}", "preconditions is not known here")]
    [InlineData("", "[", "The body is malformed JSON")]
    [InlineData("/m?labelSelector=a", "", "parameter \"labelSelector\" is not known here")]
    [InlineData("/m?state=deleted", "", "state may be live or evicted")]
    [InlineData("/m", "{\"preconditions\": {\"name\": \"m\"}}", "preconditions.name is not known here")]
    [InlineData("/m", "{\"orphanDependents\": true}", "orphanDependents is not known here")]
    public async Task A_deletion_that_cannot_be_translated_deletes_nothing(string query, string body, string message)
    {
        await using var scene = await ApiScene.StartAsync(Token);

        var (code, status) = await scene.SendAsync(
            "DELETE", ApiScene.Models + query, Token, body.Length > 0 ? body : null, scene.Token.Value);
        Assert.Equal(400, code);
        Assert.StartsWith(message, (string?)status["message"]);
        Assert.Equal(0, scene.Api.Count("delete", "models"));
    }

    [Fact]
    public async Task A_whole_cluster_is_no_collection_to_delete()
    {
        await using var scene = await ApiScene.StartAsync(Token);

        var (code, status) = await scene.SendAsync(
            "DELETE", "/apis/michelangelo.api/v2/models", Token, bearer: scene.Token.Value);
        Assert.Equal(
            (405, "MethodNotAllowed",
                "models.michelangelo.api of all namespaces are not deleted at once; name a namespace"),
            (code, (string?)status["reason"], (string?)status["message"]));
    }
}
