using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Web;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>The real kubectl against the query API.</summary>
[Collection(RealDatabases.Collection)]
public sealed class KubectlTests(RealDatabases databases) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kubectl-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Get_prints_names_ages_and_states_and_more_when_wide()
    {
        await using var scene = await SceneAsync();

        Assert.Equal(
            ["NAME AGE ROW", "blue 3h Live", "gone 3h Evicted", "red 3h Live"],
            await LinesAsync(scene, "get", "gadgets"));
        Assert.Equal(
            ["NAME AGE ROW COLOUR SIZE IS_ROUND MADE_AT", "red 3h Live red 7 true 2026-01-02T03:04:05Z"],
            await LinesAsync(scene, "get", "gadget", "red", "-o", "wide"));
        Assert.Equal(
            ["NAMESPACE NAME AGE ROW", "team-a blue 3h Live", "team-a gone 3h Evicted", "team-a red 3h Live",
                "team-b other 3h Live"],
            await LinesAsync(scene, "get", "gadgets", "-A"));
        Assert.Equal(
            ["NAME AGE ROW LABELS", "red 3h Live team=a,tier=gold"],
            await LinesAsync(scene, "get", "gadgets", "-l", "team=a", "--show-labels"));
        Assert.Equal(["gadget.test.example/blue", "gadget.test.example/gone", "gadget.test.example/red"],
            await LinesAsync(scene, "get", "gadgets", "-o", "name"));
    }

    [Theory]
    [InlineData("blue red", "-l", "team")]
    [InlineData("red", "-l", "team=a,tier")]
    [InlineData("blue gone", "-l", "team!=a")]
    [InlineData("blue red", "-l", "team in (a, b)")]
    [InlineData("gone", "-l", "team notin (a,b)")]
    [InlineData("gone", "-l", "!team")]
    [InlineData("red", "--field-selector", "spec.colour=red")]
    [InlineData("blue gone", "--field-selector", "spec.colour!=red")]
    [InlineData("red", "--field-selector", "metadata.name=red,spec.size==7")]
    [InlineData("", "--field-selector", "spec.isRound=false,spec.colour=red")]
    [InlineData("", "--field-selector", "spec.colour='; DROP TABLE gadget; --")]
    [InlineData("", "--field-selector", "spec.colour=\" OR \"\"\\=\"")]
    [InlineData("", "--field-selector", "spec.colour=%")]
    [InlineData("", "--field-selector", "spec.colour=\\\\")]
    [InlineData("", "--field-selector", "spec.colour=🐈")]
    public async Task Selectors_select(string expected, string option, string selector)
    {
        await using var scene = await SceneAsync();

        var lines = await LinesAsync(scene, "get", "gadgets", option, selector, "-o", "name");
        Assert.Equal(expected, string.Join(' ', lines.Select(line => line.Split('/')[1])));
        Assert.Equal(["4"], await scene.RunAsync("SELECT COUNT(*) FROM gadget", Token));
    }

    [Theory]
    [InlineData("labelSelector at character 6: \"'\" is not the value of a label", "-l", "team='")]
    [InlineData("fieldSelector at character 1: there is no field \"spec.x\"", "--field-selector", "spec.x=1")]
    [InlineData("(MethodNotAllowed): watch is not supported", "--watch", "--watch-only")]
    [InlineData("(NotFound): gadgets.test.example \"absent\" not found", "absent", "-o=json")]
    [InlineData("(NotFound): gadgets.test.example \"🐈\" not found", "🐈", "-o=json")]
    public async Task Faults_are_the_ones_that_kubectl_knows(string expected, params string[] arguments)
    {
        await using var scene = await SceneAsync();

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => LinesAsync(scene, ["get", "gadgets", .. arguments]));
        Assert.True(fault.Message.Contains(expected, StringComparison.Ordinal), fault.Message);
    }

    [Fact]
    public async Task Chunks_of_any_size_are_the_same_list()
    {
        await using var scene = await SceneAsync();
        await scene.InsertAsync(Token, Enumerable.Range(0, 130).Select(each => new QueryRow($"n{each:000}")));

        var whole = await LinesAsync(scene, "get", "gadgets", "--chunk-size=0");
        Assert.Equal(134, whole.Length);
        Assert.Equal(whole, await LinesAsync(scene, "get", "gadgets", "--chunk-size=7"));
        Assert.Equal(whole, await LinesAsync(scene, "get", "gadgets"));
    }

    [Fact]
    public async Task An_object_is_the_newest_of_its_name_and_lists_have_all_generations()
    {
        await using var scene = await SceneAsync();
        await scene.InsertAsync(
            Token,
            new QueryRow("red") { Uid = "old", IsEvicted = true, CreatedAt = QueryScene.Now - TimeSpan.FromDays(5) },
            new QueryRow("red") { Uid = "older", IsEvicted = true, CreatedAt = QueryScene.Now - TimeSpan.FromDays(9) });

        var one = JsonNode.Parse(string.Concat(await LinesAsync(scene, "get", "gadget", "red", "-o", "json")));
        Assert.Equal(("Gadget", "red", 7), (
            (string?)one!["kind"], (string?)one["spec"]!["colour"], (int?)one["spec"]!["size"]));
        var all = await LinesAsync(scene, "get", "gadgets", "--field-selector", "metadata.name=red", "-o", "name");
        Assert.Equal(3, all.Length);
    }

    [Fact]
    public async Task Names_and_values_of_any_characters_are_printed_as_they_are()
    {
        await using var scene = await QueryScene.StartAsync(databases[ServerKind.MySql], Token);
        string[] names = ["a'b", "a\"b", "a%b", "a\\b", "a🐈b", "a;--"];
        await scene.InsertAsync(Token, names.Select(name => new QueryRow(name)
        {
            Body = new JsonObject { ["spec"] = new JsonObject { ["colour"] = $"{name}\0" } },
        }));

        var list = JsonNode.Parse(string.Concat(await LinesAsync(scene, "get", "gadgets", "-o", "json")));
        Assert.Equal(
            names.Order(StringComparer.Ordinal), QueryScene.Names(list!).Order(StringComparer.Ordinal));
        Assert.All(list!["items"]!.AsArray(), item => Assert.Equal(
            $"{item!["metadata"]!["name"]}\0", (string?)item["spec"]!["colour"]));
        foreach (var name in names.Where(name => !name.Contains('%', StringComparison.Ordinal)))
            Assert.Equal(
                [$"gadget.test.example/{name}"], await LinesAsync(scene, "get", "gadgets", name, "-o", "name"));
    }

    [Fact]
    public async Task Delete_takes_selectors_and_names()
    {
        await using var scene = await QueryScene.StartAsync(databases[ServerKind.MySql], Token);
        await scene.InsertAsync(
            Token,
            scene.AddLive("red") with { Labels = new Dictionary<string, string> { ["tier"] = "gold" } },
            scene.AddLive("blue"),
            new QueryRow("gone") { IsEvicted = true });

        Assert.StartsWith(
            "gadget.test.example \"red\" deleted",
            Assert.Single(await LinesAsync(scene, "delete", "gadgets", "-l", "tier=gold", "--wait=false")));
        Assert.StartsWith(
            "gadget.test.example \"gone\" deleted",
            Assert.Single(await LinesAsync(scene, "delete", "gadgets", "gone")));
        // Its row is live until the mirror has seen its end, for which kubectl would wait by a watch.
        Assert.StartsWith(
            "gadget.test.example \"blue\" deleted",
            Assert.Single(await LinesAsync(scene, "delete", "gadgets", "blue", "--wait=false")));
        Assert.Empty(scene.Api.List("gadgets", "team-a"));
        Assert.Equal(["gone"], await scene.RunAsync("SELECT name FROM gadget WHERE delete_time IS NOT NULL", Token));
    }

    [Fact]
    public async Task A_token_is_sent_over_https_and_rights_are_the_clusters()
    {
        RealParts.SkipWithout(RealParts.StrictKubectl);
        using var authority = TestCertificates.Create();
        using var issued = authority.IssueServer();
        var (certificate, key, ca) = (Path("tls.crt"), Path("tls.key"), Path("ca.crt"));
        await File.WriteAllTextAsync(certificate, issued.ExportCertificatePem(), Token);
        await File.WriteAllTextAsync(key, issued.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(), Token);
        await File.WriteAllTextAsync(ca, authority.AuthorityPem, Token);
        await using var scene = await QueryScene.StartAsync(
            databases[ServerKind.MySql], Token, ServerCertificate.Open(certificate, key, TimeProvider.System));
        await scene.InsertAsync(Token, new QueryRow("red"));
        scene.Api.AddToken("jane-token", "jane");
        scene.Api.Deny("list", "gadgets");
        string[] trusted = [$"--certificate-authority={ca}", "--token=jane-token"];

        Assert.Equal(
            ["gadget.test.example/red"], await LinesAsync(scene, ["get", "gadgets", "red", "-o", "name", .. trusted]));
        Assert.Contains(
            "(Forbidden): gadgets.test.example is forbidden: User \"jane\" cannot list resource \"gadgets\"",
            (await Assert.ThrowsAsync<InvalidOperationException>(
                () => LinesAsync(scene, ["get", "gadgets", .. trusted]))).Message);
        Assert.Contains(
            "must be logged in to the server",
            (await Assert.ThrowsAsync<InvalidOperationException>(
                () => LinesAsync(scene, ["get", "gadgets", trusted[0], "--token=unknown"]))).Message);
    }

    private async Task<QueryScene> SceneAsync()
    {
        var scene = await QueryScene.StartAsync(databases[ServerKind.MySql], Token);
        await scene.InsertAsync(
            Token,
            new QueryRow("red")
            {
                Labels = new Dictionary<string, string> { ["team"] = "a", ["tier"] = "gold" },
                Columns = new Dictionary<string, object?>
                {
                    ["colour"] = "red",
                    ["size"] = 7,
                    ["is_round"] = 1,
                    ["made_at"] = DateTimeOffset.Parse("2026-01-02T03:04:05Z", null),
                },
                Body = new JsonObject { ["spec"] = new JsonObject { ["colour"] = "red", ["size"] = 7 } },
            },
            new QueryRow("blue") { Labels = new Dictionary<string, string> { ["team"] = "b" } },
            new QueryRow("gone") { IsEvicted = true },
            new QueryRow("other") { Namespace = "team-b", Labels = new Dictionary<string, string> { ["team"] = "a" } });
        return scene;
    }

    /// <summary>The lines that kubectl prints, with one space between fields.</summary>
    private async Task<string[]> LinesAsync(QueryScene scene, params string[] arguments)
    {
        RealParts.SkipWithout(RealParts.StrictKubectl);
        await File.WriteAllTextAsync(
            Path("config"),
            $$$"""
            {"apiVersion": "v1", "kind": "Config", "current-context": "c",
             "contexts": [{"name": "c", "context": {"cluster": "c"}}],
             "clusters": [{"name": "c", "cluster": {"server": "{{{scene.Server}}}"}}]}
            """,
            Token);
        var kubectl = new Kubectl(Path("config"), "team-a") { Program = RealParts.Kubectl ?? "" };
        var text = await kubectl.RunAsync([$"--cache-dir={Path("cache")}", .. arguments], Token);
        return
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))),
        ];
    }

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);
}
