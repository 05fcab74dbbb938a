using FsCheck;
using FsCheck.Fluent;

namespace Tracebloc.Security.Tests;

/// <summary>
/// An adversary who may write any annotation, at any moment, in any order, steers only the choices that the
/// configuration leaves open.
/// </summary>
public sealed class AdversaryProperties
{
    [Theory]
    [InlineData("restart", false)]
    [InlineData("restart, container: api, onFailure: rollback", false)]
    [InlineData("setImage, container: api, onFailure: rollback", false)]
    [InlineData("setImage, container: api, onFailure: rollback", true)]
    [Trait("Finding", "1")]
    [Trait("Finding", "3")]
    public async Task No_annotation_sets_a_foreign_image_an_unsigned_one_or_another_request(
        string action, bool verifies)
    {
        await using var first = await AttackScene.StartAsync();
        var digests = AttackedWorldDigests.Push(first);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(40),
            Prop.ForAll(Adversary.Histories(digests), async history =>
            {
                var world = await AttackedWorld.StartAsync(action, verifies);
                try
                {
                    foreach (var move in history)
                        await world.HappenAsync(move);
                    await world.HappenAsync(new Move.Tick());
                }
                finally
                {
                    await world.DisposeAsync();
                }
            }));
    }
}
