using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Tests.Planning;
using Tracebloc.Registry;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Records;

public sealed class RefreshAnnotationsTests
{
    private static readonly RefreshRecord Full = new()
    {
        Settled = A,
        Applied = B,
        AppliedAt = Now,
        AppliedTo = "api/DIGEST",
        Attempts = 2,
        FailedAttempts = 1,
        GaveUp = C,
        Failures = 4,
        Error = "away",
        NotBefore = new(Now.AddHours(6), "ghcr.io"),
        Seen = C,
        SeenAt = Now.AddHours(-1),
        SoakingSince = Now.AddHours(-2),
        Skipped = B,
        SkippedFor = "linux/amd64",
        Quarantine = new(
            new QuarantineEntry(C, Now, "said \"no\" <twice>") { Failures = 2 },
            new QuarantineEntry(A, Now.AddHours(-1), "") { IsSuspect = true }),
        Good = A,
        Pin = new ImagePin("api"),
        Undone = new Reversal(2, A),
        Refusals = new(new Refusal(C, 2, Now.AddMinutes(15)), new Refusal(B, 1, Now)),
    };

    [Fact]
    public void What_was_written_is_read_back()
    {
        var written = RefreshAnnotations.Changes("web", new RefreshRecord(), Full)
            .ToDictionary(p => p.Key, p => p.Value ?? "");

        Assert.Equal(20, written.Count);
        Assert.Equal(Full, RefreshAnnotations.Read("web", written).Record);
    }

    [Fact]
    public void Only_what_changed_is_written()
    {
        var change = Assert.Single(RefreshAnnotations.Changes("web", Full, Full with { Failures = 5 }));

        Assert.Equal(new("tracebloc.io/web-refresh-failures", "5"), change);
    }

    [Fact]
    public void What_went_away_is_removed() =>
        Assert.All(RefreshAnnotations.Changes("web", Full, new RefreshRecord()), change => Assert.Null(change.Value));

    [Fact]
    public void The_names_that_customers_know_are_kept()
    {
        Assert.Equal("tracebloc.io/last-refreshed-web-digest", RefreshAnnotations.Settled("web"));
        Assert.Equal("tracebloc.io/web-refresh-failures", RefreshAnnotations.Failures("web"));
        Assert.Equal("tracebloc.io/web-refresh-error", RefreshAnnotations.Error("web"));
        Assert.Equal("tracebloc.io/web-refresh-gave-up", RefreshAnnotations.GaveUp("web"));
    }

    [Fact]
    public void The_longest_name_allowed_fits_a_key_of_63_characters()
    {
        var name = new string('n', TrackedImage.LongestName);
        var keys = RefreshAnnotations.Changes(name, new RefreshRecord(), Full)
            .Select(change => change.Key["tracebloc.io/".Length..]);

        Assert.Equal(63, keys.Max(key => key.Length));
    }

    [Theory]
    [InlineData("tracebloc.io/last-refreshed-web-digest", "prod")]
    [InlineData("tracebloc.io/last-refreshed-web-digest", "")]
    [InlineData("tracebloc.io/web-refresh-attempts", "-1")]
    [InlineData("tracebloc.io/web-refresh-failures", "many")]
    [InlineData("tracebloc.io/web-refresh-applied-at", "0001-01-01T00:00:00Z")]
    [InlineData("tracebloc.io/web-refresh-not-before", "tomorrow ghcr.io")]
    [InlineData("tracebloc.io/web-refresh-not-before", "2026-03-01T12:00:00.000Z")]
    [InlineData("tracebloc.io/web-refresh-quarantine", "[null]")]
    [InlineData("tracebloc.io/web-refresh-quarantine", "[{}]")]
    [InlineData("tracebloc.io/web-refresh-quarantine", "null")]
    [InlineData("tracebloc.io/web-refresh-quarantine", "[{'digest':null,'at':'T','reason':'r','failures':1}]")]
    [InlineData("tracebloc.io/web-refresh-quarantine", "[{'digest':'D','at':null,'reason':'r','failures':1}]")]
    [InlineData("tracebloc.io/web-refresh-quarantine", "[{'digest':'D','at':'T','reason':null,'failures':1}]")]
    [InlineData("tracebloc.io/web-refresh-quarantine", "sha256:")]
    [InlineData("tracebloc.io/web-refresh-quarantine", "")]
    [InlineData("tracebloc.io/web-refresh-pinned-from", "=example.com/web:stable")]
    [InlineData("tracebloc.io/web-refresh-pinned-from", "api\nweb")]
    [InlineData("tracebloc.io/web-refresh-refused", "")]
    [InlineData("tracebloc.io/web-refresh-refused", "sha256:a 1 2026-03-01T12:00:00Z")]
    [InlineData("tracebloc.io/web-refresh-refused", ",,,,")]
    [InlineData("tracebloc.io/web-refresh-quarantine", "[{'digest':'D','at':'T','reason':'r','failures':-1}]")]
    [InlineData("tracebloc.io/web-refresh-quarantine", "[{'digest':'D','at':'T','reason':'r','failures':2147483647}]")]
    public void An_annotation_that_cannot_be_read_is_an_error_and_never_first_sight(string key, string value)
    {
        value = value.Replace('\'', '"').Replace("D", $"{A}").Replace("\"T\"", "\"2026-03-01T12:00:00Z\"");
        var plan = PlanOf.One(ImageSet(), Workload((key, value)), A);

        Assert.Equal(Outcome.Misconfigured, plan.Outcome());
        Assert.Contains(key, Assert.Single(plan.Images).Message);
        Assert.True(plan.Edit.IsEmpty);
    }

    [Theory]
    [InlineData("last-refreshed-web-digest", "sha256:", 'a', 200)]
    [InlineData("web-refresh-attempts", "", '1', 7)]
    [InlineData("web-refresh-applied-at", "2026-03-01T12:00:00.", '0', 41)]
    [InlineData("web-refresh-applied-to", "api/", 'D', 4100)]
    [InlineData("web-refresh-error", "", 'e', 501)]
    [InlineData("web-refresh-not-before", "2026-03-01T12:00:00.000Z ", 'g', 400)]
    [InlineData("web-refresh-undone", "1 ", '-', 400)]
    [InlineData("web-refresh-undone", "", '1', 400)]
    [InlineData("web-refresh-quarantine", "", ' ', 40_000)]
    [InlineData("web-refresh-refused", "", ',', 700)]
    [InlineData("web-refresh-pinned-from", "api=", 'x', 5000)]
    public void Longer_than_this_worker_writes_is_unreadable(string key, string start, char more, int length)
    {
        var text = start + new string(more, length);

        var reading = Assert.IsType<RecordReading.Unreadable>(
            RefreshAnnotations.Read("web", new Dictionary<string, string> { [$"tracebloc.io/{key}"] = text }));

        Assert.Contains($"tracebloc.io/{key} holds \"", reading.Message);
        Assert.InRange(reading.Message.Length, 1, 300);
    }

    [Theory]
    [InlineData(11, 400)]
    [InlineData(1, 402)]
    public void More_entries_or_longer_reasons_than_this_worker_writes_are_unreadable(int entries, int reason)
    {
        var entry = $$"""
            {"digest":"{{A}}","at":"2026-03-01T12:00:00Z","reason":"{{new string('r', reason)}}","failures":1}
            """;
        var text = $"[{string.Join(',', Enumerable.Repeat(entry, entries))}]";

        Assert.Null(QuarantineJson.Read(text));
    }

    [Fact]
    public void The_longest_quarantine_that_this_worker_writes_is_read_back()
    {
        var reason = new string('\u200e', 1000);
        var entries = "0123456789"
            .Select(digit => Digest.Parse("sha512:" + new string(digit, 128)))
            .Select(digest => new QuarantineEntry(digest, Now, reason) { IsSuspect = true });
        var written = RefreshAnnotations.Changes("web", new(), new() { Quarantine = new([.. entries]) }).ToDictionary();

        var read = RefreshAnnotations.Read("web", written.ToDictionary(pair => pair.Key, pair => pair.Value ?? ""));

        Assert.Equal(10, read.Record?.Quarantine.Entries.Count);
    }

    [Fact]
    public void What_is_quoted_of_an_annotation_is_one_short_line()
    {
        var text = "prod\r\n\u001b[31m" + new string('x', 10_000);

        var reading = RefreshAnnotations.Read(
            "web", new Dictionary<string, string> { [RefreshAnnotations.Settled("web")] = text });

        var message = Assert.IsType<RecordReading.Unreadable>(reading).Message;
        Assert.DoesNotContain(message, char.IsControl);
        Assert.InRange(message.Length, 1, 300);
    }

    [Fact]
    public void An_error_is_one_line_on_the_workload_whatever_a_pod_says()
    {
        var failed = new RefreshRecord().Apply(A, Now).Fail("CrashLoopBackOff:\n\tno \u001b[31mspace\n", 3);

        Assert.Equal(
            "CrashLoopBackOff: no [31mspace",
            RefreshAnnotations.Changes("web", new(), failed).ToDictionary()[RefreshAnnotations.Error("web")]);
    }

    [Fact]
    public void A_long_error_is_cut_before_it_fills_the_annotations()
    {
        var record = new RefreshRecord { Error = new string('e', 10_000) };

        Assert.Equal(500, Assert.Single(RefreshAnnotations.Changes("web", new(), record)).Value?.Length);
    }
}
