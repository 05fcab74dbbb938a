using System.Text.Json.Nodes;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Notifications;
using Tracebloc.ImageRefresh.Notifications.Webhook;
using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Tests.Notifications.Webhook;

public sealed class OutboxTests
{
    private static readonly TrackedImage Web = Some.ImageSet();

    [Fact]
    public void What_is_written_is_read_again_in_order()
    {
        var outbox = Outbox.Empty.Add([NotificationOf(1), NotificationOf(2)]).Add([NotificationOf(3)]);

        Assert.Equal(Ids(1, 2, 3), Read(outbox.Text).Notifications.Select(notification => notification.Id));
        Assert.Equal(NotificationOf(1), Read(outbox.Text).Notifications[0]);
    }

    [Fact]
    public void The_same_happening_waits_once() =>
        Assert.Single(Outbox.Empty.Add([NotificationOf(1)]).Add([NotificationOf(1)]).Notifications);

    [Fact]
    public void Of_too_many_the_oldest_are_dropped_and_counted()
    {
        var read = Read(Outbox.Empty.Add(Many(Outbox.MaxNotifications + 3)).Text);

        Assert.Equal(
            (Outbox.MaxNotifications, 3, Id(4)), (read.Notifications.Count, read.Dropped, read.Notifications[0].Id));
        Assert.Equal(0, read.Without(Ids(4), reported: 3).Dropped);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(1, 2)]
    public void What_was_dropped_while_others_were_delivered_is_counted_for_who_comes_next(int delivered, int lost)
    {
        var full = Outbox.Empty.Add(Many(Outbox.MaxNotifications));
        var meanwhile = full.Add([NotificationOf(21), NotificationOf(22), NotificationOf(23)]);

        var left = meanwhile.Without([.. Many(delivered).Select(each => each.Id)], reported: 0);

        Assert.Equal(lost, Read(left.Text).Dropped);
    }

    [Fact]
    public void When_all_is_delivered_there_is_no_annotation() =>
        Assert.Null(Outbox.Empty.Add([NotificationOf(1)]).Without(Ids(1), reported: 0).Text);

    [Fact]
    public void It_never_outgrows_what_is_read_again()
    {
        var digest = $"sha512:{new string('a', 128)}";
        var longest = NotificationOf(1) with
        {
            Message = string.Concat(Enumerable.Repeat("😀", Notification.LongestMessage / 2)),
            From = digest,
            To = digest,
        };
        var outbox = Outbox.Empty.Add(
            Enumerable.Range(1, Outbox.MaxNotifications).Select(id => longest with { Id = Id(id) }));

        Assert.Equal(outbox.Notifications, Read(outbox.Text).Notifications);
    }

    [Theory]
    [InlineData("id", "5D41402ABC4B2A76B9719D911017C592")]
    [InlineData("id", "5d41402abc4b2a76b9719d911017c59")]
    [InlineData("id", "x\r\nContent-Length: 0\r\n\r\nDELETE /admin HTTP/1.1\r\n")]
    [InlineData("name", "other")]
    [InlineData("name", "<!channel> <https://evil.example|click to approve>")]
    [InlineData("from", "sha256:abc")]
    [InlineData("to", "<!channel>")]
    public void A_foreign_notice_is_dropped_and_counted(string member, string value)
    {
        var stored = Stored(Outbox.Empty.Add([NotificationOf(1), NotificationOf(2)]));
        stored["notices"]![0]![member] = value;

        var read = Read(stored.ToJsonString());

        Assert.Equal((Id(2), 1), (Assert.Single(read.Notifications).Id, read.Dropped));
    }

    [Fact]
    public void What_is_restored_names_the_configured_image_and_workload()
    {
        var stored = Stored(Outbox.Empty.Add([NotificationOf(1)]));
        var notice = stored["notices"]![0]!;
        (notice["workload"], notice["namespace"]) = ("deployment/<!channel>", "kube-system");
        (notice["image"], notice["kind"]) = ("docker.io/attacker/backdoor:latest", "Other");

        Assert.Equal(NotificationOf(1), Assert.Single(Read(stored.ToJsonString()).Notifications));
    }

    [Fact]
    public void A_longer_message_than_is_written_is_cut_to_one_line()
    {
        var message = "first\nsecond" + new string('x', 2 * Notification.LongestMessage);

        var read = Read(Outbox.Empty.Add([NotificationOf(1) with { Message = message }]).Text).Notifications[0].Message;

        Assert.StartsWith("first second", read, StringComparison.Ordinal);
        Assert.Equal(Notification.LongestMessage + 1, read.Length);
    }

    [Fact]
    public void More_than_are_written_are_dropped_and_counted()
    {
        var many = new Outbox { Notifications = [.. Many(150)], Dropped = -5 };

        var read = Read(many.Text);

        Assert.Equal((Outbox.MaxNotifications, 130), (read.Notifications.Count, read.Dropped));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"notices":[{"id":"1"}]}""")]
    [InlineData("""{"notices":null}""")]
    [InlineData("""{"notices":[null]}""")]
    [InlineData(WithoutId)]
    [InlineData(Unknown)]
    public void What_it_did_not_write_is_unreadable_and_not_empty(string text) =>
        Assert.False(Outbox.TryRead(WorkloadWith(text), [Web], out _));

    [Fact]
    public void Longer_than_it_writes_is_unreadable() => Assert.False(
        Outbox.TryRead(WorkloadWith("{}" + new string(' ', Outbox.MaxLength - 1)), [Web], out _));

    private const string WithoutId =
        """
        {"notices":[{"id":null,"at":"2026-03-01T12:00:00Z","happening":"refreshed","name":"web","message":"done"}]}
        """;

    private const string Unknown =
        """
        {"notices":[{"id":"5d41402abc4b2a76b9719d911017c592","at":"2026-03-01T12:00:00Z","happening":"<!channel>",
         "name":"web","message":"done"}]}
        """;

    private static Outbox Read(string? text)
    {
        Assert.True(Outbox.TryRead(WorkloadWith(text ?? ""), [Web], out var outbox));
        return outbox;
    }

    private static Workload WorkloadWith(string outbox) => Some.Workload((Outbox.Annotation, outbox));

    private static JsonNode Stored(Outbox outbox) =>
        JsonNode.Parse(outbox.Text ?? "") ?? throw new InvalidOperationException();

    private static string Id(int number) => number.ToString("x32", null);

    private static string[] Ids(params int[] numbers) => [.. numbers.Select(Id)];

    private static IEnumerable<Notification> Many(int count) => Enumerable.Range(1, count).Select(NotificationOf);

    private static Notification NotificationOf(int id) => new()
    {
        Id = Id(id),
        At = Some.Now,
        What = NotificationKind.RolloutFailed,
        Workload = "deployment/acme",
        Name = "web",
        Image = "registry.example.com/web:stable",
        Message = "attempt 1 failed",
    };
}
