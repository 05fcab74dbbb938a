using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Syncing;
using Tracebloc.Testing;

namespace Tracebloc.MetadataSync.Tests.Syncing;

public sealed class KindLookoutTests
{
    [Theory]
    [InlineData(true, "", "Gadget has scope Cluster in the cluster and another one here: ")]
    [InlineData(false, "team-a", "Region has scope Namespaced in the cluster and another one here: ")]
    public void A_scope_that_is_not_the_configurations_is_one_line(bool isNamespaced, string ns, string line)
    {
        var log = new RecordingLogger();
        var lookout = new KindLookout(isNamespaced ? SomeObject.Gadget : SomeObject.Region, log);

        lookout.See(Seen(ns));
        lookout.See(Seen(ns));

        Assert.StartsWith($"Warning: {line}", Assert.Single(log.Lines));
    }

    [Fact]
    public void An_object_that_is_known_already_shows_the_scope_too()
    {
        var log = new RecordingLogger();

        new KindLookout(SomeObject.Region, log).See(new ObjectKnown(Seen("team-a").Identity));

        Assert.Single(log.Lines);
    }

    [Fact]
    public void The_scope_of_the_configuration_is_no_line()
    {
        var log = new RecordingLogger();

        new KindLookout(SomeObject.Gadget, log).See(Seen("team-a"));
        new KindLookout(SomeObject.Region, log).See(Seen(""));

        Assert.Empty(log.Lines);
    }

    private static ObjectSeen Seen(string ns) =>
        new(new ObjectIdentity("u-1", ns, "one", "1"), ReadOnlyMemory<byte>.Empty, SeenHow.Listed);
}
