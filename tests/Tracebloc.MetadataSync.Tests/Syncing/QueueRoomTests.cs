using Tracebloc.MetadataSync.Syncing;

namespace Tracebloc.MetadataSync.Tests.Syncing;

public sealed class QueueRoomTests
{
    private readonly QueueRoom _room = new(mostBytes: 400, kinds: 2);

    [Fact]
    public void One_kind_takes_its_part_and_the_half_that_is_for_all()
    {
        Assert.True(_room.TryTake("Gadget", 300));
        Assert.False(_room.TryTake("Gadget", 301));
    }

    [Fact]
    public void No_kind_takes_the_part_of_another_one()
    {
        Assert.True(_room.TryTake("Gadget", 300));

        Assert.True(_room.TryTake("Widget", 100));
        Assert.False(_room.TryTake("Widget", 101));
    }

    [Fact]
    public void Room_that_is_given_back_is_for_the_next_one()
    {
        Assert.True(_room.TryTake("Gadget", 300));
        Assert.True(_room.TryTake("Gadget", 150));

        Assert.True(_room.TryTake("Widget", 250));
        Assert.False(_room.TryTake("Widget", 251));
    }
}
