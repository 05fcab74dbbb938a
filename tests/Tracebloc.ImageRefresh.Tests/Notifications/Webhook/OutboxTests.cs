using Tracebloc.ImageRefresh.Notifications;
using Tracebloc.ImageRefresh.Notifications.Webhook;

namespace Tracebloc.ImageRefresh.Tests.Notifications.Webhook;

public sealed class OutboxTests
{
    [Fact]
    public void What_is_written_is_read_again_in_order()
    {
        var outbox = Outbox.Empty.Add([NotificationOf("1"), NotificationOf("2")]).Add([NotificationOf("3")]);

        Assert.Equal(["1", "2", "3"], Read(outbox.Text).Notifications.Select(notification => notification.Id));
        Assert.Equal(NotificationOf("1"), Read(outbox.Text).Notifications[0]);
    }

    [Fact]
    public void The_same_happening_waits_once() =>
        Assert.Single(Outbox.Empty.Add([NotificationOf("1")]).Add([NotificationOf("1")]).Notifications);

    [Fact]
    public void Of_too_many_the_oldest_are_dropped_and_counted()
    {
        var outbox = Outbox.Empty.Add(
            Enumerable.Range(1, Outbox.MaxNotifications + 3).Select(id => NotificationOf($"{id}")));

        var read = Read(outbox.Text);

        Assert.Equal(
            (Outbox.MaxNotifications, 3, "4"), (read.Notifications.Count, read.Dropped, read.Notifications[0].Id));
        Assert.Equal(0, read.Without(["4"], reported: 3).Dropped);
    }

    [Theory]
    [InlineData("1 2 3", 0)]
    [InlineData("1", 2)]
    public void What_was_dropped_while_others_were_delivered_is_counted_for_who_comes_next(string delivered, int lost)
    {
        var full = Outbox.Empty.Add(Enumerable.Range(1, Outbox.MaxNotifications).Select(id => NotificationOf($"{id}")));
        var meanwhile = full.Add([NotificationOf("21"), NotificationOf("22"), NotificationOf("23")]);

        Assert.Equal(lost, Read(meanwhile.Without(delivered.Split(' '), reported: 0).Text).Dropped);
    }

    [Fact]
    public void When_all_is_delivered_there_is_no_annotation() =>
        Assert.Null(Outbox.Empty.Add([NotificationOf("1")]).Without(["1"], reported: 0).Text);

    [Fact]
    public void It_never_outgrows_what_an_object_may_hold()
    {
        var longest = NotificationOf("1") with { Message = new string('\u0007', 500), Image = new string('i', 500) };
        var outbox = Outbox.Empty.Add(
            Enumerable.Range(1, Outbox.MaxNotifications).Select(id => longest with { Id = $"{id}" }));

        Assert.True(outbox.Text?.Length < 128 * 1024);
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
    public void What_it_did_not_write_is_unreadable_and_not_empty(string text) =>
        Assert.False(Outbox.TryRead(new Dictionary<string, string> { [Outbox.Annotation] = text }, out _));

    private const string WithoutId =
        """
        {"notices":[{"id":null,"at":"2026-03-01T12:00:00Z","happening":"refreshed","workload":"deployment/acme",
         "name":"web","image":"web:stable","message":"done"}]}
        """;

    private static Outbox Read(string? text)
    {
        Assert.True(Outbox.TryRead(
            new Dictionary<string, string> { [Outbox.Annotation] = text ?? "" }, out var outbox));
        return outbox;
    }

    private static Notification NotificationOf(string id) => new()
    {
        Id = id,
        At = Some.Now,
        What = NotificationKind.RolloutFailed,
        Workload = "deployment/acme",
        Name = "web",
        Image = "registry.example.com/web:stable",
        Message = "attempt 1 failed",
    };
}
