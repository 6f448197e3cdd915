using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Palette;

namespace Soracom.Portal.Tests.Shared.Layout;

/// <summary>The frame around all pages.</summary>
public sealed class PortalLayoutTests(ClassScene own) : IClassFixture<ClassScene>
{
    [Fact]
    public async Task Dialog_ThatFails_TakesItsPageAlong_NotTheCircuit()
    {
        await using var circuit = new ComponentScene(own.Scene);
        circuit.ComponentFactories.AddStub<SideNav>();
        circuit.ComponentFactories.AddStub<CommandPalette>();
        var layout = circuit.Render<PortalLayout>(parameters => parameters.Add(frame => frame.Body, page => page.AddMarkupContent(0, "<p class='page'></p>")));
        var dialog = layout.InvokeAsync(() => circuit.Services.GetRequiredService<DialogService>().OpenAsync<Failing>("Title"));

        layout.WaitForElement("button.failing");
        layout.Act(it => it.Find("button.failing").Click());

        layout.WaitForAssertion(() => Assert.Contains("Something went wrong on our side", layout.Find("main").TextContent, StringComparison.Ordinal));
        Assert.Empty(layout.FindAll(".page, button.failing"));
        Assert.DoesNotContain("nobody is to read this", layout.Markup, StringComparison.Ordinal);
        Assert.False(dialog.IsFaulted);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(TenantRole.Owner, false)]
    public async Task Navigation_OutsideOfTenants_LeadsAPartnersPeopleToTheirCustomers(TenantRole? role, bool leads)
    {
        await using var circuit = new ComponentScene(own.Scene);
        circuit.ComponentFactories.AddStub<CommandPalette>();
        var person = await own.Scene.MemberAsync(PortalScene.Aoba, role);

        var layout = circuit.Render<PortalLayout>(parameters => parameters.AddCascadingValue(person));

        layout.WaitForAssertion(() => Assert.Equal(leads ? 2 : 0, layout.FindAll("nav a").Count(link => link.GetAttribute("href") is { } address && (address == PortalUrls.Customers() || address == PortalUrls.Brand()))));
    }

    private sealed class Failing : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "class", "failing");
            builder.AddAttribute(2, "onclick", EventCallback.Factory.Create(this, () => throw new InvalidOperationException("nobody is to read this")));
            builder.CloseElement();
        }
    }
}
