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
    public void No_annotation_sets_a_foreign_image_an_unsigned_one_or_another_request(
        string action, bool verifies) => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(40),
            Prop.ForAll(Adversary.Histories(), async history =>
            {
                await using var world = await AttackedWorld.StartAsync(action, verifies);
                foreach (var move in history)
                    await world.HappenAsync(move);
                await world.HappenAsync(new Move.Tick());
            }));
}
