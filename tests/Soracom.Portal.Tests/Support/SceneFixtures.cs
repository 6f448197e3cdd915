using Soracom.Sandbox;

namespace Soracom.Portal.Tests.Support;

/// <summary>A scene that several tests share.</summary>
public abstract class SceneFixture(UndocumentedAnswers? undocumented = null) : IAsyncLifetime
{
    internal PortalScene Scene { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Scene = await PortalScene.StartAsync(undocumented ?? new UndocumentedAnswers());

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Scene.DisposeAsync();
    }
}

/// <summary>The scene that all tests of the run share: they may read, sign people in and add members, and change nothing else.</summary>
public sealed class SharedScene : SceneFixture;

/// <summary>A scene that the tests of one class share, which run one after another.</summary>
public sealed class ClassScene : SceneFixture;
