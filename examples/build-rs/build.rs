fn main() {
    forlop::emit::build_script(&["../../pathways/nevroendokrine-svulster.forlop"], forlop::lang::Lang::En);
}
