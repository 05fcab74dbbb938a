using Tracebloc.Ingestion.Reporting;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.JobsManager.Tests.Forwarding;

/// <summary>A run's pod that was taken over, and names the data set of another run.</summary>
public sealed class OtherRunTests : IAsyncLifetime
{
    private const string Own = ForwardFixture.IngestorId;

    private ForwardFixture _proxy = null!;

    /// <summary>Ids of other runs, and spellings of its own that a server might read in another way.</summary>
    public static TheoryData<string> Ids =>
    [
        IngestorId.Of("run-key-2", "houses"),
        IngestorId.Of("run-key-1", "other"),
        "8e5bf1b5-0c19-47be-9c37-fbdadc526f6a",
        Own.ToUpperInvariant(),
        Own.Replace("-", "", StringComparison.Ordinal),
        $"{Own}0",
        Own[..^1],
        $"urn:uuid:{Own}",
    ];

    /// <summary>Titles of other data sets.</summary>
    public static TheoryData<string> Titles =>
    [
        .. Ids.Select(id => $"tabular_classification_{id.Data}"),
        "Houses",
        "",
        Own,
        $"_{Own}",
        $"houses_{Own}",
        $"instance_segmentation_{Own}",
        $"Tabular_classification_{Own}",
        $"tabular_classification {Own}",
        $"tabular_classification_{Own} ",
        $" tabular_classification_{Own}",
        $"tabular_classification_{Own}\\u0000",
        $"t\\u0061bular_classification_{Own}",
        $"tabular_classification_\\u0063{Own[1..]}",
    ];

    public async ValueTask InitializeAsync() => _proxy = await ForwardFixture.StartAsync();

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    [Fact]
    public void The_id_of_the_fixture_follows_from_its_key_and_table() =>
        Assert.Equal(Own, IngestorId.Of("run-key-1", "houses"));

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Rows_with_another_id_never_arrive(string id) => await AssertRefusedAsync(
        "POST", ForwardFixture.Batch, $"[{ForwardFixture.Row("a")},{ForwardFixture.Row("b", ingestorId: id)}]");

    [Theory]
    [InlineData("\\u0063")]
    [InlineData("\\u0043")]
    [InlineData("%63")]
    public async Task Rows_with_an_id_in_another_spelling_never_arrive(string first) => await AssertRefusedAsync(
        "POST", ForwardFixture.Batch, $"[{ForwardFixture.Row("a", ingestorId: first + Own[1..])}]");

    [Fact]
    public async Task A_long_batch_whose_last_row_has_another_id_never_arrives()
    {
        var rows = Enumerable.Range(0, 20_000).Select(row => ForwardFixture.Row($"row-{row}"));
        var last = ForwardFixture.Row("last", ingestorId: IngestorId.Of("run-key-2", "houses"));

        await AssertRefusedAsync("POST", ForwardFixture.Batch, $"[{string.Join(',', rows)},{last}]");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    [InlineData("%63f65d34d-c426-84f8-bb84-31b2ae750dc9")]
    [InlineData("%43f65d34d-c426-84f8-bb84-31b2ae750dc9")]
    [InlineData($"{Own}%00")]
    [InlineData($"{Own}%20")]
    [InlineData($"%20{Own}")]
    public async Task The_labels_and_the_preparation_of_another_id_are_never_asked_for(string id)
    {
        await AssertRefusedAsync("GET", ForwardFixture.EdgeLabels.Replace(Own, id, StringComparison.Ordinal));
        await AssertRefusedAsync("GET", ForwardFixture.Preparation.Replace(Own, id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("injestor_id=OTHER&injestor_id=OWN", 400)]
    [InlineData("injestor_id=OWN&injestor_id=OTHER", 400)]
    [InlineData("injestor%5fid=OTHER", 400)]
    [InlineData("injestor_id=OWN,OTHER", 403)]
    public async Task A_second_id_in_a_query_is_never_asked_for(string ids, int status)
    {
        ids = ids.Replace("OWN", Own, StringComparison.Ordinal)
            .Replace("OTHER", IngestorId.Of("run-key-2", "houses"), StringComparison.Ordinal);
        foreach (var target in new[] { ForwardFixture.EdgeLabels, ForwardFixture.Preparation })
            await AssertRefusedAsync(
                "GET", target.Replace($"injestor_id={Own}", ids, StringComparison.Ordinal), status: status);
    }

    [Theory]
    [InlineData("category=tabular_classification", "category=1200.5-3-7")]
    [InlineData("category=tabular_classification", "category=Tabular_classification")]
    [InlineData("category=tabular_classification", "category=t%61bular_classification")]
    [InlineData("category=tabular_classification", "category=instance_segmentation")]
    [InlineData("data_format=tabular", "data_format=1200.5-3-7")]
    [InlineData("data_format=tabular", "data_format=t%61bular")]
    public async Task A_preparation_carries_no_text_of_the_run_s_choice(string part, string other) =>
        await AssertRefusedAsync(
            "GET", ForwardFixture.Preparation.Replace(part, other, StringComparison.Ordinal), status: 400);

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task A_data_set_with_another_title_is_never_registered(string title) => await AssertRefusedAsync(
        "POST", "/dataset/", $$"""{"title":"{{title}}","allow_feature_modification":false}""");

    [Fact]
    public async Task A_refused_title_is_answered_with_the_form_of_the_right_one()
    {
        var answer = await _proxy.SendAsync(
            "POST", "/dataset/", """{"title":"Houses","allow_feature_modification":false}""");

        Assert.Equal(
            $$"""{"detail":"title in the body is not CATEGORY_{{Own}}, for which alone the token is"}""", answer.Text);
    }

    [Fact]
    public async Task A_data_set_of_any_category_is_registered_under_the_run_s_own_id()
    {
        foreach (var category in Categories.All)
        {
            var title = CentralReport.TitleOf(category.Name, Own);
            var answer = await _proxy.SendAsync(
                "POST", "/dataset/", $$"""{"title":"{{title}}","allow_feature_modification":true}""");
            Assert.Equal(201, answer.Status);
        }

        Assert.Equal(Categories.All.Select(each => $"{each.Name}_{Own}"), _proxy.Backend.Datasets);
    }

    [Fact]
    public async Task Two_runs_of_one_table_have_an_id_each()
    {
        var other = _proxy.TokenFor("houses", "run-key-2");
        var id = IngestorId.Of("run-key-2", "houses");

        Assert.Equal(403, (await _proxy.SendAsync("GET", ForwardFixture.Preparation, token: other)).Status);
        Assert.Equal(
            200,
            (await _proxy.SendAsync(
                "GET", ForwardFixture.Preparation.Replace(Own, id, StringComparison.Ordinal), token: other)).Status);
    }

    private async Task AssertRefusedAsync(string method, string target, string? body = null, int status = 403)
    {
        // As bytes: a client of the framework would decode the escapes of a target.
        var answer = await _proxy.RawAsync(
            $"{method} {target} HTTP/1.1\r\nHost: x\r\nAuthorization: TOKEN {_proxy.Token}\r\nConnection: close\r\n"
            + (body is null ? "\r\n"
                : $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));

        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        Assert.Empty(_proxy.Calls);
    }
}
