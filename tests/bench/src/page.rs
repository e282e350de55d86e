//! Our engine for the page that measures it in a browser, with the panel's allocator.

#[cfg(target_arch = "wasm32")]
mod matcher {
    use bench::engine::Engine;
    use wasm_bindgen::prelude::wasm_bindgen;

    #[global_allocator]
    static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

    /// An opened index.
    #[wasm_bindgen]
    pub struct Matcher {
        engine: Engine,
    }

    #[wasm_bindgen]
    impl Matcher {
        /// Opens an index; an error is a text.
        #[wasm_bindgen(constructor)]
        pub fn new(bytes: Vec<u8>) -> Result<Matcher, String> {
            Ok(Self { engine: Engine::open(bytes)? })
        }

        /// Forgets what was typed before: the next key begins another question.
        pub fn start_question(&mut self) {
            self.engine.start_question();
        }

        /// Finds what is shown after a key and gives how many there are: in the panel, too, the suggestions stay on this
        /// side and only what is drawn crosses over.
        pub fn key(&mut self, text: &str) -> u32 {
            let shown = std::hint::black_box(self.engine.key(text));
            u32::try_from(shown.len()).unwrap_or(u32::MAX)
        }
    }
}

fn main() {}
